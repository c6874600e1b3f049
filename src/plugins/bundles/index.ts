import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LoadContext, Plugin } from "@docusaurus/types";
import { buildBundles } from "@tracebook/playground/bundles";

/** Builds what the sandbox loads (runtime, packages, mocked services) into a static folder, and their manifest for the engine. */
export function bundlesPlugin({ siteDir, baseUrl }: LoadContext): Plugin {
  const generated = join(siteDir, ".generated");
  return {
    name: "tracebook-bundles",
    async loadContent() {
      const manifest = await buildBundles(join(generated, "static/play"), "sandbox", `${baseUrl}play/`);
      mkdirSync(join(generated, "bundles"), { recursive: true });
      writeFileSync(join(generated, "bundles/manifest.json"), JSON.stringify(manifest));
    },
    configureWebpack: () => ({ resolve: { alias: { "@bundles": join(generated, "bundles") } } }),
  };
}
