import { type DeclarationReflection, ReflectionKind } from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import { isCallable, membersOf, signaturesOf, supertypesOf } from "../entries";
import { signature, tags } from "./details";
import { blocks, heading, summary, typeText } from "./text";

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

/** Where further members are described, e.g. "Extends `Span`". */
export function supertypes(context: MarkdownThemeContext, owner: DeclarationReflection): string {
  const names = supertypesOf(owner).map((type) => typeText(context, type));
  if (names.length === 0) return "";
  const verb = owner.extendedTypes?.length ? "Extends" : "Implements";
  return `${verb} ${names.join(", ")}.`;
}

function construct(context: MarkdownThemeContext, owner: DeclarationReflection, member: DeclarationReflection): string {
  return blocks(
    heading(4, `\`new ${owner.name}()\``, `${owner.name}.constructor`),
    ...signaturesOf(member).map((each) => signature(context, each)),
  );
}

function method(context: MarkdownThemeContext, owner: DeclarationReflection, member: DeclarationReflection): string {
  const name = member.flags.isStatic ? `${owner.name}.${member.name}()` : `${member.name}()`;
  return blocks(
    heading(4, `\`${name}\``, `${owner.name}.${member.name}`),
    ...signaturesOf(member).map((each) => signature(context, each, member.comment)),
  );
}

function list(context: MarkdownThemeContext, owner: DeclarationReflection, found: readonly DeclarationReflection[]): string {
  if (found.length === 0) return "";
  const items = found.map((member) => item(context, `${owner.name}.${member.name}`, member));
  return `<ul class="api-members">\n${items.join("\n")}\n</ul>`;
}

function item(context: MarkdownThemeContext, id: string, member: DeclarationReflection): string {
  const type = member.getSignature?.type ?? member.type;
  const comment = member.getSignature?.comment ?? member.setSignature?.comment ?? member.comment;
  const name = `\`${member.flags.isStatic ? "static " : ""}${member.name}${member.flags.isOptional ? "?" : ""}\``;
  const body = blocks(`${name} ${typeText(context, type)}`, summary(context, comment), tags(context, comment));
  return `<li id="${id}">\n\n${body}\n\n</li>`;
}
