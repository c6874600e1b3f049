import type { Comment, CommentTag, ParameterReflection, SignatureReflection } from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import type { Code } from "./layout";
import { parameterName } from "./parameter-name";
import { blocks, inlineCode, label, nameText, prose, signatureBlock, summary } from "./text";
import { TypeWriter } from "./types";

/** Tags with a place of their own; `@param` is read from the parameters. */
const PLACED = new Set(["@returns", "@throws", "@example", "@param", "@typeParam"]);

/**
 * A way to call something: signature, description, parameters, result, errors, examples.
 *
 * @param head what stands before the parentheses, e.g. `function` and the name
 */
export function signature(context: MarkdownThemeContext, head: Code, model: SignatureReflection, of?: Comment): string {
  const comment = model.comment ?? of;
  return blocks(
    signatureBlock([head, new TypeWriter(context).signature(model, ": ")]),
    summary(context, comment),
    parameters(context, model.parameters ?? []),
    ...sentences(context, comment, "@returns", "Returns"),
    tags(context, comment),
  );
}

/** What a docstring says beside its description: errors, remarks, examples. */
export function tags(context: MarkdownThemeContext, comment: Comment | undefined): string {
  const all = comment?.blockTags ?? [];
  const others = all.filter(({ tag }) => !PLACED.has(tag));
  return blocks(
    ...sentences(context, comment, "@throws", "Throws"),
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

/** The parameters that the docstring describes; the types of all are in the signature. */
function parameters(context: MarkdownThemeContext, found: readonly ParameterReflection[]): string {
  const types = new TypeWriter(context);
  const lines = found.flatMap((parameter) => {
    const text = summary(context, parameter.comment).replaceAll("\n", "\n  ");
    return text ? `- ${nameText(parameterName(parameter))} ${inlineCode(types.type(parameter.type))}: ${text}` : [];
  });
  return lines.length > 0 ? blocks(label("Parameters"), lines.join("\n")) : "";
}

function sentences(
  context: MarkdownThemeContext,
  comment: Comment | undefined,
  tag: `@${string}`,
  title: string,
): string[] {
  return (comment?.getTags(tag) ?? []).map(({ content }) => labelled(title, prose(context, content)));
}

function labelled(label: string, text: string): string {
  return `**${label}** ${text}`;
}

function title({ tag }: CommentTag): string {
  const words = tag.slice(1).replace(/([A-Z])/g, " $1");
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
