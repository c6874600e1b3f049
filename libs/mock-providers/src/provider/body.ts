import type { MockRequest } from "../contract";

/** More levels of arrays and objects than this are refused: whoever walks through them would run out of stack. */
export const DEEPEST_BODY = 200;

export type JsonBody = { readonly json: unknown } | { readonly problem: "syntax" | "depth" };

/** Reads a body as JSON. An absent one is a mistake of syntax, as an empty text is. */
export function readJsonBody(body: MockRequest["body"]): JsonBody {
  const text = bodyText(body);
  if (depthOf(text) > DEEPEST_BODY) return { problem: "depth" };
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { problem: "syntax" };
  }
}

/** The body as text; bytes that are not UTF-8 become replacement characters. */
export function bodyText(body: MockRequest["body"]): string {
  if (body === null) return "";
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

/** How deep the brackets of a JSON text go, brackets in strings aside. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString && character === "\\") index++;
    else if (character === '"') inString = !inString;
    else if (inString) continue;
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth--;
  }
  return deepest;
}
