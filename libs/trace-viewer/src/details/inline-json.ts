/** JSON on one line, with a space after each colon and comma. */

/** @returns `null` when the text would be longer than `limit` characters, found out early and without deep recursion */
export function inlineJson(value: unknown, limit = 72): string | null {
  if (limit < 1) return null;
  if (Array.isArray(value))
    return inlineList(
      value.map((item) => ["", item] as const),
      "[]",
      limit,
    );
  if (typeof value !== "object" || value === null) return fitting(scalarJson(value), limit);
  const keys = Object.keys(value);
  if (keys.length * 4 > limit) return null;
  const record = value as Readonly<Record<string, unknown>>;
  return inlineList(
    keys.map((key) => [`${JSON.stringify(key)}: `, record[key]] as const),
    "{}",
    limit,
  );
}

function inlineList(entries: readonly (readonly [string, unknown])[], brackets: string, limit: number): string | null {
  let text = brackets.slice(0, 1);
  for (const [prefix, value] of entries) {
    text += (text.length > 1 ? ", " : "") + prefix;
    const inner = inlineJson(value, limit - text.length - 1);
    if (inner === null) return null;
    text += inner;
  }
  return fitting(text + brackets.slice(1), limit);
}

function fitting(text: string, limit: number): string | null {
  return text.length <= limit ? text : null;
}

/** A value that holds no others. */
export function scalarJson(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
