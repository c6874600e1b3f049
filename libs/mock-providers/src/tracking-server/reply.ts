import type { MockReply } from "../contract";

const SECURITY_HEADERS = { "x-content-type-options": "nosniff", "x-frame-options": "SAMEORIGIN", vary: "Origin" };

/** An answer of text or bytes, at once. */
export function textReply(data: string | Uint8Array, status = 200, headers: Record<string, string> = {}): MockReply {
  return {
    status,
    headers: { ...headers, ...SECURITY_HEADERS },
    chunks: data.length === 0 ? [] : [{ data, delayMs: 0 }],
  };
}

/** A JSON answer in ASCII, as the server writes it; `indent` on the 2.0 routes. */
export function jsonReply(value: unknown, status = 200, indent = 0): MockReply {
  return jsonTextReply(JSON.stringify(value, null, indent), status);
}

/** The same for JSON that is written already. */
export function jsonTextReply(json: string, status = 200): MockReply {
  const text = json.replace(/[\u007f-\uffff]/g, escapeCodeUnit);
  return textReply(text, status, { "content-type": "application/json" });
}

function escapeCodeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
