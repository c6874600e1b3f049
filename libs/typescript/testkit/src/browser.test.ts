import { build } from "esbuild";
import { expect, it } from "vitest";

it("bundles for browsers, without any Node built-in", async () => {
  const { metafile } = await build({
    entryPoints: [`${import.meta.dirname}/index.ts`],
    bundle: true,
    platform: "browser",
    format: "esm",
    conditions: ["mlflow-source", "browser"],
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const inputs = Object.entries(metafile.inputs);
  const imports = inputs.flatMap(([, input]) => input.imports.map(({ path }) => path));
  expect(imports.filter((path) => path.startsWith("node:"))).toEqual([]);
  expect(inputs.some(([path]) => path.includes("platform/browser"))).toBe(true);
  expect(inputs.some(([path]) => /vitest|src\/testing/.test(path))).toBe(false);
});
