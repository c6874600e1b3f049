import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

/** What a program loads of the SDK. */
export interface BundleSize {
  /** Bytes, minified and compressed with gzip. */
  readonly gzip: number;
  /** Minified bytes of each source, the largest first. */
  readonly sources: readonly (readonly [path: string, bytes: number])[];
  /** The bundle itself. */
  readonly code: string;
}

export interface BundleOptions {
  /** Where the program runs; browsers by default. */
  readonly platform?: "browser" | "node";
  /** Whether `@opentelemetry/api` counts. */
  readonly withApi: boolean;
  /** Whether what is loaded later, by dynamic imports, is in the bundle too, as where a bundler does not split. */
  readonly inlined: boolean;
  /** What the program imports; the functions that record traces by default. */
  readonly names?: string;
}

const NAMES =
  "{ init, trace, withSpan, startSpan, tracingContext, updateCurrentTrace, getCurrentActiveSpan, flushTraces, SpanType }";

/** Bundles what a program imports of `mlflow-tracing`, with the conditions that bundlers have by default. */
export async function measureBundle({
  platform = "browser",
  withApi,
  inlined,
  names = NAMES,
}: BundleOptions): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export ${names} from "mlflow-tracing";`, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform,
    target: "es2022",
    conditions: ["mlflow-source", platform, "module"],
    external: withApi ? [] : ["@opentelemetry/api"],
    plugins: inlined ? [] : [laterIsExternal],
  });
  const [inputs] = Object.values(metafile.outputs).map((output) => output.inputs);
  const sources = Object.entries(inputs ?? {}).map(([name, { bytesInOutput }]) => [name, bytesInOutput] as const);
  const [file] = outputFiles;
  return {
    gzip: gzipSync(file?.contents ?? "", { level: 9 }).length,
    sources: sources.sort(([, a], [, b]) => b - a),
    code: file?.text ?? "",
  };
}

const laterIsExternal: Plugin = {
  name: "later is external",
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) => (kind === "dynamic-import" ? { path, external: true } : undefined));
  },
};
