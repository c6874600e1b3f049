import { mkdirSync } from "node:fs";
import type { Options, ThemeConfig } from "@docusaurus/preset-classic";
import type { Config } from "@docusaurus/types";
import { FRAME_SCRIPT } from "@tracebook/playground/sandbox";
import { codeTheme } from "./src/css/code-theme";
import { remarkApiLinks } from "./src/data/api-links/remark-api-links";
import { integrationsPlugin } from "./src/data/integrations/plugin";
import { API_NAMES, apiDocs, apiReferencePlugin } from "./src/plugins/api-reference";
import { bundlesPlugin } from "./src/plugins/bundles";
import { examplesPlugin } from "./src/plugins/examples";
import { remarkPlayground } from "./src/plugins/examples/remark-playground";
import { headersPlugin } from "./src/plugins/headers";
import { monacoPlugin } from "./src/plugins/monaco";
import { workspacePlugin } from "./src/plugins/workspace";

/** What plugins build for the reader's browser goes here; Docusaurus wants the folder to exist. */
const generatedStatic = ".generated/static";
mkdirSync(generatedStatic, { recursive: true });

const styleSheets = ["fonts", "tokens", "infima", "base", "frame", "content", "api", "print"];

const themeConfig: ThemeConfig = {
  image: "img/social-card.png",
  colorMode: { respectPrefersColorScheme: true },
  navbar: {
    title: "Tracebook",
    logo: { alt: "", src: "img/mark.svg", srcDark: "img/mark-dark.svg", width: 22, height: 22 },
    items: [
      { type: "docSidebar", sidebarId: "guides", label: "Guides", position: "left" },
      { type: "docSidebar", sidebarId: "api", docsPluginId: "api", label: "API", position: "left" },
    ],
  },
  prism: { theme: codeTheme, darkTheme: codeTheme, additionalLanguages: ["bash", "diff"] },
};

const config: Config = {
  title: "Tracebook",
  tagline: "MLflow Tracing guides whose examples run in the page",
  favicon: "img/favicon.svg",
  url: "https://tracebook.dev",
  baseUrl: "/",
  future: { v4: true, faster: true },
  onBrokenLinks: "throw",
  onBrokenAnchors: "throw",
  onDuplicateRoutes: "throw",
  markdown: { hooks: { onBrokenMarkdownLinks: "throw", onBrokenMarkdownImages: "throw" } },
  staticDirectories: ["static", generatedStatic],
  plugins: [
    // One line for each plugin of our own.
    workspacePlugin,
    headersPlugin({ inlineScripts: [FRAME_SCRIPT] }),
    examplesPlugin,
    bundlesPlugin,
    monacoPlugin,
    integrationsPlugin,
    apiReferencePlugin,
    ["@docusaurus/plugin-content-docs", apiDocs()],
  ],
  presets: [
    [
      "classic",
      {
        docs: {
          routeBasePath: "/",
          sidebarPath: "./sidebars.ts",
          breadcrumbs: false,
          beforeDefaultRemarkPlugins: [
            [remarkPlayground, { examplesDir: "examples" }],
            [remarkApiLinks, { names: API_NAMES }],
          ],
        },
        blog: false,
        theme: { customCss: styleSheets.map((name) => `./src/css/${name}.css`) },
      } satisfies Options,
    ],
  ],
  themeConfig,
};

export default config;
