import {
  BaseRouter,
  type PageDefinition,
  PageKind,
  type ProjectReflection,
  type Reflection,
  type RouterTarget,
} from "typedoc";
import { placesOf, type Sheet, sheetsOf } from "./sheets";

/** Gives every declaration the address that `sheets.ts` decides; TypeDoc's own slugs would depend on the order of the exports. */
export class ReferenceRouter extends BaseRouter {
  /** The pages by the file that they are written to; the overview is not among them. */
  readonly sheets = new Map<string, Sheet>();

  override buildPages(project: ProjectReflection): PageDefinition[] {
    const pages: PageDefinition[] = [{ url: "index.md", kind: PageKind.Index, model: project }];
    this.fullUrls.set(project, "");
    for (const sheet of sheetsOf(project)) {
      const url = sheet.path === sheet.package && sheet.part ? `${sheet.path}/index.md` : `${sheet.path}.md`;
      this.sheets.set(url, sheet);
      pages.push({ url, kind: PageKind.Reflection, model: sheet.module });
      if (!this.fullUrls.has(sheet.module)) this.fullUrls.set(sheet.module, sheet.path);
      for (const { declaration, name, address } of placesOf(sheet)) this.place(declaration, name, address);
    }
    return pages;
  }

  private place(declaration: Reflection, name: string, address: string): void {
    this.fullUrls.set(declaration, address);
    this.anchors.set(declaration, name);
    const { signatures = [], getSignature, setSignature } = declaration.isDeclaration() ? declaration : {};
    for (const signature of [...signatures, getSignature, setSignature]) {
      if (signature) this.place(signature, name, address);
    }
  }

  protected override getIdealBaseName(target: RouterTarget): string {
    return target.name;
  }
}
