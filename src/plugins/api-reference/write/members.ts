import { type DeclarationReflection, ReflectionKind, type SomeType } from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import { isCallable, membersOf, signaturesOf } from "../entries";
import { signature, tags } from "./details";
import { flatten } from "./layout";
import { blocks, heading, inlineCode, nameText, summary } from "./text";
import { TypeWriter } from "./types";

/** The members of a class, an interface or an object: constructor, then data as a list, then methods. */
export function members(context: MarkdownThemeContext, owner: DeclarationReflection): string {
  const all = membersOf(owner);
  const constructors = all.filter((member) => member.kindOf(ReflectionKind.Constructor));
  const methods = all.filter((member) => isCallable(member) && !constructors.includes(member));
  const data = all.filter((member) => !isCallable(member));
  return blocks(
    ...constructors.map((member) => construct(context, owner, member)),
    list(context, owner, data),
    ...methods.map((member) => method(context, owner, member)),
  );
}

/** Where further members are described, e.g. "Extends `Span`." */
export function supertypes(context: MarkdownThemeContext, owner: DeclarationReflection): string {
  const types = new TypeWriter(context);
  const sentence = (verb: string, found: readonly SomeType[] = []) => {
    const named = found.filter(
      (type) => isPublic(type) || flatten(types.type(type)).some((piece) => typeof piece !== "string"),
    );
    return named.length > 0 ? `${verb} ${named.map((type) => inlineCode(types.type(type))).join(", ")}.` : "";
  };
  const sentences = [sentence("Extends", owner.extendedTypes), sentence("Implements", owner.implementedTypes)];
  return sentences.filter(Boolean).join(" ");
}

/** A class or an interface of another library; what comes from an unexported one of ours is listed as its heir's own. */
function isPublic(type: SomeType): boolean {
  return type.type === "reference" && !type.package?.startsWith("mlflow-") && !type.typeArguments;
}

function construct(context: MarkdownThemeContext, owner: DeclarationReflection, member: DeclarationReflection): string {
  return blocks(
    heading(4, `new ${owner.name}()`, `${owner.name}.constructor`),
    ...signaturesOf(member).map((each) => signature(context, ["new ", { text: owner.name }], each)),
  );
}

function method(context: MarkdownThemeContext, owner: DeclarationReflection, member: DeclarationReflection): string {
  const { isStatic, isOptional } = member.flags;
  const head = [isStatic ? "static " : "", { text: member.name }, isOptional ? "?" : ""];
  return blocks(
    heading(4, isStatic ? `${owner.name}.${member.name}()` : `${member.name}()`, `${owner.name}.${member.name}`),
    ...signaturesOf(member).map((each) => signature(context, head, each, member.comment)),
  );
}

function list(
  context: MarkdownThemeContext,
  owner: DeclarationReflection,
  found: readonly DeclarationReflection[],
): string {
  if (found.length === 0) return "";
  const items = found.map((member) => item(context, `${owner.name}.${member.name}`, member));
  return `<ul class="api-members">\n${items.join("\n")}\n</ul>`;
}

function item(context: MarkdownThemeContext, id: string, member: DeclarationReflection): string {
  const type = new TypeWriter(context).type(member.getSignature?.type ?? member.type);
  const comment = member.getSignature?.comment ?? member.setSignature?.comment ?? member.comment;
  const name = nameText(`${member.flags.isStatic ? "static " : ""}${member.name}${member.flags.isOptional ? "?" : ""}`);
  const body = blocks(`${name} ${inlineCode(type)}`, summary(context, comment), tags(context, comment));
  return `<li id="${id}">\n\n${body}\n\n</li>`;
}
