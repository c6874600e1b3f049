import type { LoadContext, Plugin } from "@docusaurus/types";

/**
 * Lets the site import the workspace packages under `libs/**` as TypeScript sources: their `exports` name the sources
 * under the condition `source`, the SDK's relative imports end in `.js` as Node wants them, and Docusaurus compiles
 * them all because a workspace link resolves to its real path, outside `node_modules`.
 *
 * The rule is for Docusaurus' own generated modules: they mix `import` with `require.resolveWeak`, which the bundler
 * refuses in a package of `"type": "module"` unless told that either is allowed.
 */
export function workspacePlugin({ generatedFilesDir }: LoadContext): Plugin {
  return {
    name: "tracebook-workspace",
    configureWebpack: () => ({
      resolve: {
        conditionNames: ["mlflow-source", "..."],
        extensionAlias: { ".js": [".js", ".ts", ".tsx"] },
      },
      module: { rules: [{ test: /\.js$/, include: generatedFilesDir, type: "javascript/auto" }] },
    }),
  };
}
