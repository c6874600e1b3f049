import { join } from "node:path";
import type { LoadContext, Plugin } from "@docusaurus/types";
import { generateExamples } from "./generate";
import { type Example, loadExamples } from "./load";

/** Makes the folders of `examples/` importable as `@examples/<guide>/<name>`: source, recording, and compiled code on demand. */
export default function examplesPlugin({ siteDir }: LoadContext): Plugin<Example[]> {
  const root = join(siteDir, "examples");
  const outDir = join(siteDir, ".generated/examples");
  return {
    name: "tracebook-examples",
    getPathsToWatch: () => [join(root, "**/*.{ts,json}")],
    loadContent: async () => loadExamples(root),
    async contentLoaded({ content, actions }) {
      generateExamples(content, outDir);
      const unrecorded = content.filter((example) => !example.recording);
      if (unrecorded.length > 0) {
        throw new Error(`Not recorded yet: ${unrecorded.map(({ id }) => id).join(", ")}. Run: npm run record`);
      }
      actions.setGlobalData({ examples: content.map(({ id, title }) => ({ id, title })) });
    },
    configureWebpack: () => ({ resolve: { alias: { "@examples": outDir } } }),
  };
}
