import type { Renderer } from "typedoc";
import { type MarkdownPageEvent, MarkdownTheme, MarkdownThemeContext } from "typedoc-plugin-markdown";
import type { SdkPackage } from "./packages";
import { ReferenceRouter } from "./router";
import { overview } from "./write/overview";
import { sheetPage } from "./write/page";

/**
 * A theme that writes the pages as Markdown. Not as MDX: braces and angle brackets in a docstring mean themselves.
 *
 * @param packages what `package.json` says of each module
 */
export function referenceTheme(packages: readonly SdkPackage[]): new (renderer: Renderer) => MarkdownTheme {
  return class extends MarkdownTheme {
    override getNavigation(): [] {
      return [];
    }

    override render(page: MarkdownPageEvent): string {
      if (!(this.router instanceof ReferenceRouter)) throw new Error("The reference's theme needs its own router.");
      if (!page.isReflectionEvent()) throw new Error(`The reference has no page of the kind ${page.pageKind}.`);
      const context = new MarkdownThemeContext(this, page, this.application.options);
      const sheets = [...this.router.sheets.values()];
      const sheet = this.router.sheets.get(page.url);
      const about = packages.find(({ name }) => name === sheet?.package);
      return sheet && about ? sheetPage(context, sheet, sheets, about) : overview(context, sheets, packages);
    }
  };
}
