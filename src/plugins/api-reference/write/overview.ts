import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import { API_ROUTE } from "../../../data/api-links/names";
import type { Entry } from "../entries";
import type { SdkPackage } from "../packages";
import type { Sheet } from "../sheets";
import { blocks, frontMatter, label, literal } from "./text";

const INTRODUCTION =
  "Every export of the TypeScript packages, from the docstrings of their sources. The Python API has a reference of its own at [mlflow.org](https://mlflow.org/docs/latest/api_reference/python_api/index.html).";

/** The reference's first page: all packages with the names that they export. */
export function overview(
  context: MarkdownThemeContext,
  sheets: readonly Sheet[],
  packages: readonly SdkPackage[],
): string {
  return blocks(
    frontMatter({
      title: "TypeScript API",
      description: "Every export of the TypeScript packages for MLflow Tracing.",
      sidebar_label: "All packages",
      slug: "/",
    }),
    INTRODUCTION,
    ...packages.flatMap(({ name, description }) => [
      `## ${name}`,
      `${description}: [${name}](${API_ROUTE}/${name}).`,
      ...sheets.filter((sheet) => sheet.package === name).flatMap((sheet) => index(context, sheet)),
    ]),
  );
}

function index(context: MarkdownThemeContext, { sections }: Sheet): string[] {
  return sections.map(({ title, entries }) =>
    blocks(label(title), `<ul class="api-index">${entries.map((entry) => item(context, entry)).join("")}</ul>`),
  );
}

function item(context: MarkdownThemeContext, { name, declarations: [first] }: Entry): string {
  return `<li><a href="${context.urlTo(first)}">${literal(name)}</a></li>`;
}
