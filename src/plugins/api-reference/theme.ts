import { MarkdownTheme, MarkdownThemeContext, type MarkdownPageEvent } from "typedoc-plugin-markdown";
import type { ParameterReflection, Renderer } from "typedoc";
import type { SdkPackage } from "./packages";
import { ReferenceRouter } from "./router";
import { overview } from "./write/overview";
import { sheetPage } from "./write/page";

/** Characters of a signature's parameters that fit on one line. */
const LINE = 60;

/** The Markdown plugin's own context (types, links, comments), with signatures that break where they are long. */
class ReferenceContext extends MarkdownThemeContext {
  override partials = { ...this.partials, signatureParameters: this.breakParameters(this.partials.signatureParameters) };

  private breakParameters(write: MarkdownThemeContext["partials"]["signatureParameters"]) {
    return (parameters: ParameterReflection[], options?: { forceExpandParameters?: boolean }): string => {
      const one = parameters.map((parameter) => write([parameter], options).slice(1, -1));
      const line = `(${one.join(", ")})`;
      if (line.replace(/[`\\]/g, "").length <= LINE) return line;
      return `(\n${one.map((text) => `  ${text},\n`).join("")})`;
    };
  }
}

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
      const context = new ReferenceContext(this, page, this.application.options);
      const sheets = [...this.router.sheets.values()];
      const sheet = this.router.sheets.get(page.url);
      const about = packages.find(({ name }) => name === sheet?.package);
      return sheet && about ? sheetPage(context, sheet, sheets, about) : overview(context, sheets, packages);
    }
  };
}
