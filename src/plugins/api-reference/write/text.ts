import type { Comment, CommentDisplayPart, SomeType } from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";

/** Blocks of Markdown with a blank line between them; empty ones are left out. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part.trim() !== "").join("\n\n");
}

/** A heading with an id that does not depend on its text. */
export function heading(level: number, text: string, id: string): string {
  return `${"#".repeat(level)} ${text} <!-- #${id} -->`;
}

/** Text of a docstring. Its angle brackets mean themselves: Markdown would take them for HTML. */
export function prose(context: MarkdownThemeContext, parts: readonly CommentDisplayPart[]): string {
  const escaped = parts.map((part) => (part.kind === "text" ? { ...part, text: part.text.replace(/</g, "&lt;") } : part));
  return context.helpers.getCommentParts(escaped).trim();
}

/** The docstring's description. */
export function summary(context: MarkdownThemeContext, comment: Comment | undefined): string {
  return prose(context, comment?.summary ?? []);
}

/** A type with links to what the reference documents, for use within a line. */
export function typeText(context: MarkdownThemeContext, type: SomeType | undefined): string {
  const text = context.partials.someType(type).replace(/\s*\n\s*/g, " ");
  return `<span class="api-type">${text}</span>`;
}

/** Whether a type, as text, says more than the signature above it: it leads somewhere. */
export function hasLink(text: string): boolean {
  return text.includes("](");
}

/** A block of code that stands out as a signature. */
export function signatureBlock(code: string): string {
  return `<div class="api-signature">\n\n${code}\n\n</div>`;
}

/** The page's data for Docusaurus, which is told that the page is plain Markdown. */
export function frontMatter(data: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...data, format: "md" }).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return ["---", ...lines, "---"].join("\n");
}
