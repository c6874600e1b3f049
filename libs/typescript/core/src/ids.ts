import { TRACE_ID_PREFIX, TRACE_ID_V4_PREFIX } from "./constants.js";

/** MLflow's id of an OpenTelemetry trace: `tr-` and its 32 hex digits. */
export function toMlflowTraceId(otelTraceId: string): string {
  return TRACE_ID_PREFIX + otelTraceId;
}

/** The 32 hex digits of an MLflow trace id, whether it is `tr-<hex>`, `trace:/<location>/<hex>` or bare. */
export function toOtelTraceId(mlflowTraceId: string): string {
  const tail = mlflowTraceId.slice(mlflowTraceId.lastIndexOf("/") + 1);
  return tail.startsWith(TRACE_ID_PREFIX) ? tail.slice(TRACE_ID_PREFIX.length) : tail;
}

/**
 * MLflow's id of a trace in Unity Catalog.
 *
 * @param location `catalog.schema.prefix`
 * @param otelTraceId 32 hex digits
 * @example constructTraceIdV4("main.agents.chat", "0123456789abcdef0123456789abcdef") // "trace:/main.agents.chat/0123…"
 */
export function constructTraceIdV4(location: string, otelTraceId: string): string {
  return `${TRACE_ID_V4_PREFIX}${location}/${otelTraceId}`;
}

/**
 * Takes an MLflow trace id apart.
 *
 * @returns `[location, hex digits]` of an id in Unity Catalog; `[null, id]` of any other; `[null, null]` without an id
 * @throws Error when the id begins like one in Unity Catalog and goes on otherwise
 * @example parseTraceIdV4("trace:/main.agents.chat/0123456789abcdef0123456789abcdef")[0] // "main.agents.chat"
 */
export function parseTraceIdV4(traceId: string | null | undefined): [string | null, string | null] {
  if (!traceId) return [null, null];
  if (!traceId.startsWith(TRACE_ID_V4_PREFIX)) return [null, traceId];
  const match = /^([^/]+)\/([^/]+)$/.exec(traceId.slice(TRACE_ID_V4_PREFIX.length));
  if (!match?.[1] || !match[2]) {
    throw new Error(
      `Invalid trace id: '${traceId}'. The form is ${TRACE_ID_V4_PREFIX}<catalog.schema.prefix>/<trace id>.`,
    );
  }
  return [match[1], match[2]];
}

/**
 * Base64 (with padding) of the bytes of a hex number, padded with zeros on the left.
 *
 * @param digits how many hex digits the id has: 32 for a trace, 16 for a span
 */
export function hexToBase64(hex: string, digits: 16 | 32): string {
  const padded = hex.toLowerCase().padStart(digits, "0").slice(0, digits);
  let bytes = "";
  for (let at = 0; at < digits; at += 2)
    bytes += String.fromCharCode(Number.parseInt(padded.slice(at, at + 2), 16) || 0);
  return btoa(bytes);
}

/** Lower-case hex of base64 bytes; `""` for `""`. Text that is no base64 is returned unchanged. */
export function base64ToHex(base64: string): string {
  try {
    return Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  } catch {
    return base64;
  }
}

/** Base64 of a text's UTF-8 bytes. */
export function textToBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
