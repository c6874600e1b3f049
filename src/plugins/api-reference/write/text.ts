import type { Comment, CommentDisplayPart } from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import { type Code, flatten, layout, type Piece } from "./layout";

/** Blocks of Markdown with a blank line between them; empty ones are left out. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part.trim() !== "").join("\n\n");
}

/** A heading with an id that does not depend on its text. */
export function heading(level: number, text: string, id: string): string {
  return `${"#".repeat(level)} \`${text}\` <!-- #${id} -->`;
}

/** The name of what comes next, such as an example; no heading, since it leads nowhere. */
export function label(text: string): string {
  return `<p class="api-label">${text}</p>`;
}

/** Text of a docstring. Its angle brackets mean themselves: Markdown would take them for HTML. */
export function prose(context: MarkdownThemeContext, parts: readonly CommentDisplayPart[]): string {
  const escaped = parts.map((part) =>
    part.kind === "text" ? { ...part, text: part.text.replace(/</g, "&lt;") } : part,
  );
  return context.helpers.getCommentParts(escaped).trim();
}

/** The docstring's description. */
export function summary(context: MarkdownThemeContext, comment: Comment | undefined): string {
  return prose(context, comment?.summary ?? []);
}

/** Code within a line, with its links. No `code` element: the classic theme makes a block of one that has links. */
export function inlineCode(code: Code): string {
  return `<span class="api-type">${html(flatten(code))}</span>`;
}

function html(pieces: readonly Piece[]): string {
  const written = pieces.map((piece) => {
    if (typeof piece === "string") return literal(piece);
    const { text, href } = piece;
    return href === undefined ? `<b>${literal(text)}</b>` : `<a href="${href}">${literal(text)}</a>`;
  });
  return written.join("");
}

/** The name of a member or a parameter, at the beginning of its line. */
export function nameText(name: string): string {
  return `<span class="api-name">${literal(name)}</span>`;
}

/** A signature or a declaration, in lines. A block of code would take a page of hundreds long to come alive, and has no links. */
export function signatureBlock(code: Code): string {
  return `<div class="api-signature">${html(layout(code))}</div>`;
}

/** The page's data for Docusaurus, which is told that the page is plain Markdown. */
export function frontMatter(data: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...data, mdx: { format: "md" } }).map(
    ([key, value]) => `${key}: ${JSON.stringify(value)}`,
  );
  return ["---", ...lines, "---"].join("\n");
}

/** Text in which nothing is Markdown or HTML. */
export function literal(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&{}:]/g, (character) => `&#${character.charCodeAt(0)};`);
}
