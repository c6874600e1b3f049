import { type DeclarationReflection, ReferenceReflection, ReflectionKind, ReflectionType } from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import { type Entry, membersOf, signaturesOf } from "../entries";
import { signature, tags } from "./details";
import type { Code } from "./layout";
import { flatten, textOf } from "./layout";
import { members, supertypes } from "./members";
import { blocks, heading, signatureBlock, summary } from "./text";
import { TypeWriter } from "./types";

/** Characters of a constant's type; a longer one was computed by the compiler and helps nobody. */
const LONGEST_TYPE = 400;

/** One export: its heading, what it is, and its members. */
export function entry(context: MarkdownThemeContext, { name, declarations }: Entry): string {
  const [first, ...others] = declarations;
  return blocks(
    heading(3, name, name),
    describe(context, first),
    ...others.map((declaration) => describeNamesake(context, first, declaration)),
  );
}

function describe(context: MarkdownThemeContext, declaration: DeclarationReflection): string {
  if (declaration instanceof ReferenceReflection) return reExport(context, declaration);
  if (declaration.kindOf(ReflectionKind.Function))
    return callable(context, ["function ", { text: declaration.name }], declaration);
  return blocks(
    code(context, declaration),
    summary(context, declaration.comment),
    supertypes(context, declaration),
    tags(context, declaration.comment),
    declaration.kindOf(ReflectionKind.Interface) ? callable(context, "", declaration) : "",
    members(context, declaration),
  );
}

/** The type that goes with a constant of the same name. */
function describeNamesake(
  context: MarkdownThemeContext,
  first: DeclarationReflection,
  type: DeclarationReflection,
): string {
  const text = summary(context, type.comment);
  const isNew = text !== "" && text !== summary(context, first.comment);
  return `**As a type** ${isNew ? text : "Any one of these values."}`;
}

function callable(context: MarkdownThemeContext, head: Code, declaration: DeclarationReflection): string {
  return blocks(...signaturesOf(declaration).map((each) => signature(context, head, each, declaration.comment)));
}

/** Classes, interfaces and objects are shown by their members alone. */
function code(context: MarkdownThemeContext, declaration: DeclarationReflection): string {
  const { name, type, typeParameters = [] } = declaration;
  const isObject = type instanceof ReflectionType && membersOf(declaration).length > 0;
  if (isObject || !declaration.kindOf(ReflectionKind.Variable | ReflectionKind.TypeAlias)) return "";
  const types = new TypeWriter(context);
  if (declaration.kindOf(ReflectionKind.TypeAlias)) {
    return signatureBlock([
      "type ",
      { text: name },
      types.typeParameters(typeParameters),
      " = ",
      types.type(type),
      ";",
    ]);
  }
  const written: Code = type?.type === "literal" ? [" = ", types.type(type)] : [": ", types.type(type)];
  return signatureBlock(["const ", { text: name }, textOf(flatten(written)).length > LONGEST_TYPE ? "" : written, ";"]);
}

function reExport(context: MarkdownThemeContext, reference: ReferenceReflection): string {
  const target = reference.getTargetReflectionDeep();
  return `The same as [\`${target.name}\`](${context.urlTo(target)}) of \`${target.parent?.name}\`.`;
}
