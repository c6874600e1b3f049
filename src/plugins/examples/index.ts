import { join } from "node:path";
import type { LoadContext, Plugin } from "@docusaurus/types";
import { generateExamples } from "./generate";
import { loadExamples } from "./load";

/**
 * Makes the folders of `examples/` importable as `@examples/<guide>/<name>`: source and recording at once, compiled code on
 * demand. An example that does not compile or was never recorded stops the build.
 */
export function examplesPlugin({ siteDir }: LoadContext): Plugin {
  const root = join(siteDir, "examples");
  const outDir = join(siteDir, ".generated/examples");
  return {
    name: "tracebook-examples",
    getPathsToWatch: () => [join(root, "**/*.{ts,json}")],
    async loadContent() {
      const examples = loadExamples(root);
      const unrecorded = examples.filter((example) => !example.recording).map(({ id }) => id);
      if (unrecorded.length > 0) throw new Error(`Not recorded yet: ${unrecorded.join(", ")}. Run: npm run record`);
      generateExamples(examples, outDir);
    },
    configureWebpack: () => ({ resolve: { alias: { "@examples": outDir } } }),
  };
}
