import { fileURLToPath } from "node:url";
import { LOWERED_SYNTAX } from "@tracebook/playground/bundles";
import { type BuildOptions, build } from "esbuild";

/** How a program is built: for a browser as it is, for a browser with its async functions lowered, or for Node.js. */
export type Variant = "native" | "lowered" | "node";

const BROWSER: BuildOptions = { platform: "browser", conditions: ["mlflow-source", "browser"] };

const SETTINGS: Readonly<Record<Variant, BuildOptions>> = {
  native: { ...BROWSER, target: "es2022" },
  lowered: { ...BROWSER, ...LOWERED_SYNTAX },
  node: { platform: "node", conditions: ["mlflow-source"], target: "node20" },
};

const PROGRAMS: readonly (readonly [string, Variant])[] = [
  ["probe", "native"],
  ["probe", "lowered"],
  ["probe-node", "node"],
  ["smoke", "native"],
  ["smoke", "lowered"],
  ["leave", "native"],
  ["leave", "lowered"],
  ["faulty", "native"],
];

async function bundle(program: string, variant: Variant): Promise<readonly [string, string]> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: variant === "node" ? "cjs" : "iife",
    ...SETTINGS[variant],
  });
  return [scriptPath(program, variant), outputFiles?.[0]?.text ?? ""];
}

/** Where the server has a bundled program. */
export function scriptPath(program: string, variant: Variant): string {
  return `/scripts/${program}.${variant}.js`;
}

/** Every program by its path on the server. */
export async function buildPrograms(): Promise<ReadonlyMap<string, string>> {
  return new Map(await Promise.all(PROGRAMS.map(([program, variant]) => bundle(program, variant))));
}
