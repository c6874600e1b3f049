import { parseTyped } from "./typed-json";

/** The text of an attribute where a text is wanted: a string without its quotes, anything else as JSON. */
export function attributeText(json: string): string {
  const value = json.trimStart().startsWith('"') ? parseTyped(json) : null;
  return typeof value === "string" ? value : json;
}
