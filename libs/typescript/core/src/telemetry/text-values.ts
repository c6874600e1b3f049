import { guarded } from "../diagnostics.js";
import { safeStringify } from "../json/safe-json.js";

/**
 * Tags or metadata as the server wants them: a value that is no string becomes its JSON text, because a server that finds
 * anything else loses all fields after it without a word. What cannot be read at all is reported and left out.
 */
export function textValues(values: unknown): Record<string, string> {
  const read = (): Record<string, string> => {
    const text: Record<string, string> = {};
    for (const [key, value] of Object.entries(values ?? {})) {
      if (value !== undefined) text[key] = typeof value === "string" ? value : safeStringify(value);
    }
    return text;
  };
  return guarded("Failed to read tags or metadata", read, {});
}
