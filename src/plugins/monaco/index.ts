import { join, resolve } from "node:path";
import type { LoadContext, Plugin } from "@docusaurus/types";

const EDITOR = "src/components/CodeEditor";

/** The chunks that may share modules: those that a page loads later. Workers are complete in themselves. */
function isLoadedLater(chunk: { readonly name?: string | null; canBeInitial(): boolean }): boolean {
  return !chunk.canBeInitial() && !chunk.name?.endsWith(".worker");
}

/**
 * Bundles the code editor so that a page pays for it only when it is used: Monaco in chunks of its own, its styles with
 * them, no feature that is not asked for, and nothing of it in the server's bundle.
 */
export function monacoPlugin({ siteDir }: LoadContext): Plugin {
  const own = (path: string) => resolve(siteDir, EDITOR, path);
  const monaco = (path: string) => join(siteDir, "node_modules/monaco-editor/esm/vs", path);
  const worker = own("worker/ts.worker.ts");
  const unused = own("worker/unused.worker.ts");
  const rules = [
    { resourceQuery: /^\?raw$/, type: "asset/source" },
    {
      include: monaco("languages/features/typescript/lib/lib.js"),
      use: join(siteDir, "src/plugins/monaco/needed-libs.cjs"),
    },
    {
      // Monaco names this file for pages that give it no worker; ours does, and the raw file could not even run.
      include: monaco("editor/common/services/editorWebWorkerMain.js"),
      dependency: "url",
      type: "asset/resource",
      generator: { emit: false },
    },
  ];
  return {
    name: "tracebook-monaco",
    configureWebpack(_config, isServer) {
      // The server renders static code and never opens an editor.
      if (isServer) return { resolve: { alias: { [own("monaco/live-editor.ts")]: false, [worker]: unused } } };
      return {
        mergeStrategy: { "optimization.splitChunks.cacheGroups": "merge" },
        module: { rules },
        resolve: {
          alias: {
            // Monaco's own module imports every feature of the editor to be able to run without a worker.
            [monaco("internal/common/workers.js")]: own("monaco/create-web-worker.ts"),
            // Monaco would bundle a TypeScript worker of its own beside ours.
            [monaco("languages/features/typescript/ts.worker.js")]: unused,
          },
        },
        optimization: {
          splitChunks: {
            chunks: isLoadedLater,
            cacheGroups: {
              monaco: {
                name: "monaco",
                type: /^javascript/,
                enforce: true,
                priority: 60,
                test: /[\\/]monaco-editor[\\/]/,
              },
              // Docusaurus puts all other styles into the one file that every page loads.
              monacoStyles: {
                name: "monaco-styles",
                type: "css/mini-extract",
                chunks: "async",
                enforce: true,
                priority: 60,
                test: /[\\/]monaco-editor[\\/]/,
              },
            },
          },
        },
      };
    },
  };
}
