import { parseLossless } from "./lossless-json";

/** A span of `traces.json` with its nanosecond integers as decimal strings. */
export interface StoredSpan {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id: string | null;
  readonly name: string;
  readonly start_time_unix_nano: string;
  readonly end_time_unix_nano: string | null;
  readonly status: { readonly code: string; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly StoredEvent[];
  readonly links?: readonly unknown[];
}

export interface StoredEvent {
  readonly name: string;
  readonly time_unix_nano: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The spans of an uploaded `traces.json`. Absent fields get their empty value; what is no span is left out. */
export function readSpans(content: string | Uint8Array | undefined): StoredSpan[] {
  if (content === undefined) return [];
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  const { spans } = asRecord(parse(text));
  return Array.isArray(spans) ? spans.filter(isRecord).map(readSpan) : [];
}

function parse(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

function readSpan(span: Record<string, unknown>): StoredSpan {
  const status = typeof span.status === "string" ? { code: span.status } : asRecord(span.status);
  const { message } = status;
  return {
    trace_id: text(span.trace_id),
    span_id: text(span.span_id),
    parent_span_id: text(span.parent_span_id) || null,
    name: text(span.name),
    start_time_unix_nano: nanoseconds(span.start_time_unix_nano) ?? "0",
    end_time_unix_nano: nanoseconds(span.end_time_unix_nano),
    status: { code: text(status.code) || "STATUS_CODE_UNSET", ...(typeof message === "string" ? { message } : {}) },
    attributes: asRecord(span.attributes),
    events: Array.isArray(span.events) ? span.events.filter(isRecord).map(readEvent) : [],
    ...(Array.isArray(span.links) ? { links: span.links } : {}),
  };
}

function readEvent(event: Record<string, unknown>): StoredEvent {
  return {
    name: text(event.name),
    time_unix_nano: nanoseconds(event.time_unix_nano) ?? "0",
    attributes: asRecord(event.attributes),
  };
}

/** 0 and `null` mean that a span is still open. */
function nanoseconds(value: unknown): string | null {
  const digits = typeof value === "number" ? value.toFixed(0) : text(value);
  return /^\d{1,20}$/.test(digits) && Number(digits) > 0 ? digits : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
