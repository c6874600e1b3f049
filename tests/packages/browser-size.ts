import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

/** What a program in a browser loads of the SDK. */
export interface BrowserSize {
  /** Bytes, minified and compressed with gzip. */
  readonly gzip: number;
  /** Minified bytes of each source, the largest first. */
  readonly sources: readonly (readonly [string, number])[];
}

export interface BrowserSizeOptions {
  /** Whether `@opentelemetry/api` counts. */
  readonly withApi: boolean;
  /** Dynamic imports that count, too: all whose path contains one of these. */
  readonly loading?: readonly string[];
  /** What the program imports; the functions that record traces by default. */
  readonly names?: string;
}

const NAMES =
  "{ init, trace, withSpan, startSpan, tracingContext, updateCurrentTrace, getCurrentActiveSpan, flushTraces, SpanType }";

/** Bundles what a program imports of `mlflow-tracing`; what is loaded later, by dynamic imports, does not count. */
export async function measureBrowserSize({
  withApi,
  loading = [],
  names = NAMES,
}: BrowserSizeOptions): Promise<BrowserSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export ${names} from "mlflow-tracing";`, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["mlflow-source", "browser"],
    external: withApi ? [] : ["@opentelemetry/api"],
    plugins: [laterIsExternal(loading)],
  });
  const [inputs] = Object.values(metafile.outputs).map((output) => output.inputs);
  const sources = Object.entries(inputs ?? {}).map(([name, { bytesInOutput }]) => [name, bytesInOutput] as const);
  return {
    gzip: gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length,
    sources: sources.sort(([, a], [, b]) => b - a),
  };
}

function laterIsExternal(loading: readonly string[]): Plugin {
  return {
    name: "later is external",
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ kind, path }) =>
        kind === "dynamic-import" && !loading.some((part) => path.includes(part))
          ? { path, external: true }
          : undefined,
      );
    },
  };
}
