import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { SidebarsConfig } from "@docusaurus/plugin-content-docs";
import { guides, type IntegrationWithGuide } from "./src/data/integrations";
import { CATEGORIES } from "./src/data/integrations/categories";
import { guideDocId } from "./src/data/integrations/links";
import { runnableGuides } from "./src/data/integrations/plugin";

const runnable = new Set(runnableGuides(dirname(fileURLToPath(import.meta.url))));

function guideItem({ name, guide }: IntegrationWithGuide) {
  const className = runnable.has(guide) ? { className: "runs-in-page" } : {};
  return { type: "doc" as const, id: guideDocId(guide), label: name, ...className };
}

/** One heading for each category that has a guide, in the order of the data. */
function guideCategories() {
  return CATEGORIES.map((label) => ({
    type: "category" as const,
    label,
    collapsible: false,
    items: guides.filter(({ category }) => category === label).map(guideItem),
  })).filter(({ items }) => items.length > 0);
}

const sidebars: SidebarsConfig = {
  guides: [{ type: "doc", id: "genai/tracing/integrations/index", label: "All integrations" }, ...guideCategories()],
};

export default sidebars;
