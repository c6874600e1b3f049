import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import { API_ROUTE } from "../../../data/api-links/names";
import type { SdkPackage } from "../packages";
import type { Sheet } from "../sheets";
import { entry } from "./entry";
import { blocks, frontMatter } from "./text";

/** A page of the reference: a package, or a part of a large one with links to its other parts. */
export function sheetPage(
  context: MarkdownThemeContext,
  sheet: Sheet,
  all: readonly Sheet[],
  about: SdkPackage,
): string {
  const { part, path, sections } = sheet;
  const isFirst = path === sheet.package;
  return blocks(
    frontMatter({
      title: part && !isFirst ? `${sheet.package}: ${part.toLowerCase()}` : sheet.package,
      description: `${part ?? "API"} of ${sheet.package}: ${about.description}.`,
    }),
    isFirst ? `<p class="lead">${about.description}.</p>` : "",
    isFirst ? facts(about) : "",
    otherParts(sheet, all),
    ...sections.flatMap(({ title, entries }) => [`## ${title}`, ...entries.map((each) => entry(context, each))]),
  );
}

/** What the package works with, in a few words each. */
function facts({ peers }: SdkPackage): string {
  const items = Object.entries(peers).map(
    ([name, range]) => `<li><b>${name}</b> ${range.replaceAll("<", "&lt;")}</li>`,
  );
  return items.length > 0 ? `<ul class="facts">${items.join("")}</ul>` : "";
}

function otherParts(sheet: Sheet, all: readonly Sheet[]): string {
  const others = all.filter((other) => other.package === sheet.package && other !== sheet);
  if (others.length === 0) return "";
  const links = others.map(({ part, path }) => `[${part?.toLowerCase()}](${API_ROUTE}/${path})`);
  return `This page has the ${sheet.part?.toLowerCase()}. Also in this package: ${links.join("; ")}.`;
}
