import {
  type Comment,
  type CommentTag,
  type ParameterReflection,
  ReflectionKind,
  type SignatureReflection,
} from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import type { Code } from "./layout";
import { parameterName } from "./parameter-name";
import { blocks, hasLink, inlineCode, label, nameText, prose, signatureBlock, summary } from "./text";
import { TypeWriter } from "./types";

/** Tags with a place of their own; `@param` is read from the parameters. */
const PLACED = new Set(["@returns", "@throws", "@example", "@param", "@typeParam"]);

/**
 * A way to call something: signature, description, parameters, result, errors, examples.
 *
 * @param head what stands before the parentheses, e.g. `function init`
 */
export function signature(
  context: MarkdownThemeContext,
  head: string,
  model: SignatureReflection,
  of?: Comment,
): string {
  const comment = model.comment ?? of;
  const code: Code = [head, new TypeWriter(context).signature(model, ": ")];
  return blocks(
    signatureBlock(code),
    summary(context, comment),
    parameters(context, model.parameters ?? []),
    returns(context, model, comment),
    tags(context, comment),
  );
}

/** What a docstring says beside its description: errors, remarks, examples. */
export function tags(context: MarkdownThemeContext, comment: Comment | undefined): string {
  const all = comment?.blockTags ?? [];
  const others = all.filter(({ tag }) => !PLACED.has(tag));
  return blocks(
    ...all.filter(({ tag }) => tag === "@throws").map((tag) => labelled("Throws", prose(context, tag.content))),
    ...others.map((tag) => labelled(title(tag), prose(context, tag.content))),
    ...examples(
      context,
      all.filter(({ tag }) => tag === "@example"),
    ),
  );
}

function examples(context: MarkdownThemeContext, found: readonly CommentTag[]): string[] {
  if (found.length === 0) return [];
  return [label("Example"), ...found.map(({ name, content }) => blocks(name, prose(context, content)))];
}

/** Nothing when the signature says it all: no parameter is described and no type leads further. */
function parameters(context: MarkdownThemeContext, found: readonly ParameterReflection[]): string {
  const types = new TypeWriter(context);
  const lines = found.map((parameter) => {
    const type = types.type(parameter.type);
    const text = summary(context, parameter.comment);
    const line = `- ${nameText(parameterName(parameter))} ${inlineCode(type)}${text && `: ${text.replaceAll("\n", "\n  ")}`}`;
    return { line, useful: text !== "" || hasLink(type) };
  });
  if (!lines.some(({ useful }) => useful)) return "";
  return blocks(label("Parameters"), lines.map(({ line }) => line).join("\n"));
}

function returns(context: MarkdownThemeContext, model: SignatureReflection, comment: Comment | undefined): string {
  const text = prose(context, comment?.getTag("@returns")?.content ?? []);
  const type = new TypeWriter(context).type(model.type);
  const useful = hasLink(type) && !model.kindOf(ReflectionKind.ConstructorSignature);
  const shown = useful ? inlineCode(type) : "";
  return text || shown ? labelled("Returns", [shown, text].filter(Boolean).join(": ")) : "";
}

function labelled(label: string, text: string): string {
  return `**${label}** ${text}`;
}

function title({ tag }: CommentTag): string {
  const words = tag.slice(1).replace(/([A-Z])/g, " $1");
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
