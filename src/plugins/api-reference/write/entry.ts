import { type DeclarationReflection, ReferenceReflection, ReflectionKind, ReflectionType } from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import { type Entry, isCallable, membersOf, signaturesOf } from "../entries";
import { signature, tags } from "./details";
import { members, supertypes } from "./members";
import { blocks, heading, signatureBlock, summary } from "./text";

/** One export: its heading, what it is, and its members. */
export function entry(context: MarkdownThemeContext, { name, declarations }: Entry): string {
  const [first] = declarations;
  const title = `\`${name}${isCallable(first) ? "()" : ""}\``;
  return blocks(heading(3, title, name), ...declarations.map((declaration) => describe(context, declaration)));
}

function describe(context: MarkdownThemeContext, declaration: DeclarationReflection): string {
  if (declaration instanceof ReferenceReflection) return reExport(context, declaration);
  if (isCallable(declaration)) {
    return blocks(...signaturesOf(declaration).map((each) => signature(context, each, declaration.comment)));
  }
  return blocks(
    hasCode(declaration) ? signatureBlock(context.partials.declarationTitle(declaration)) : "",
    summary(context, declaration.comment),
    supertypes(context, declaration),
    tags(context, declaration.comment),
    ...callSignatures(context, declaration),
    members(context, declaration),
  );
}

/** Classes, interfaces and objects are shown by their members. */
function hasCode(declaration: DeclarationReflection): boolean {
  if (!declaration.kindOf(ReflectionKind.Variable | ReflectionKind.TypeAlias)) return false;
  return !(declaration.type instanceof ReflectionType) || membersOf(declaration).length === 0;
}

/** Of an interface that is called itself. */
function callSignatures(context: MarkdownThemeContext, declaration: DeclarationReflection): string[] {
  if (!declaration.kindOf(ReflectionKind.Interface)) return [];
  return signaturesOf(declaration).map((each) => signature(context, each));
}

function reExport(context: MarkdownThemeContext, reference: ReferenceReflection): string {
  const target = reference.getTargetReflectionDeep();
  return `The same as [\`${target.name}\`](${context.urlTo(target)}) of \`${target.parent?.name}\`.`;
}
