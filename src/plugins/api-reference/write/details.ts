import type { Comment, CommentTag, ParameterReflection, SignatureReflection } from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import { blocks, hasLink, prose, signatureBlock, summary, typeText } from "./text";

/** Tags with a place of their own; `@param` is read from the parameters. */
const PLACED = new Set(["@returns", "@throws", "@example", "@param", "@typeParam"]);

/** A way to call something: signature, description, parameters, result, errors, examples. */
export function signature(context: MarkdownThemeContext, model: SignatureReflection, inherited?: Comment): string {
  const comment = model.comment ?? inherited;
  return blocks(
    signatureBlock(context.partials.signatureTitle(model)),
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
  return ["**Example**", ...found.map(({ name, content }) => blocks(name, prose(context, content)))];
}

/** Nothing when the signature says it all: no parameter is described and no type leads further. */
function parameters(context: MarkdownThemeContext, found: readonly ParameterReflection[]): string {
  const lines = found.map((parameter) => {
    const name = `${parameter.flags.isRest ? "..." : ""}${parameter.name}${parameter.flags.isOptional ? "?" : ""}`;
    const type = typeText(context, parameter.type);
    const text = summary(context, parameter.comment);
    return { text: `- \`${name}\` ${type}${text && `: ${text}`}`, useful: text !== "" || hasLink(type) };
  });
  if (!lines.some(({ useful }) => useful)) return "";
  return blocks("**Parameters**", lines.map(({ text }) => text).join("\n"));
}

function returns(context: MarkdownThemeContext, { type }: SignatureReflection, comment: Comment | undefined): string {
  const text = prose(context, comment?.getTag("@returns")?.content ?? []);
  const shown = typeText(context, type);
  if (text) return labelled("Returns", text);
  return hasLink(shown) ? labelled("Returns", shown) : "";
}

function labelled(label: string, text: string): string {
  return `**${label}** ${text}`;
}

function title({ tag }: CommentTag): string {
  const words = tag.slice(1).replace(/([A-Z])/g, " $1");
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
