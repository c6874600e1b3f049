import type { SerializedSpanLink } from "./span-link.js";
import type { SpanStatusCode } from "./span-status.js";

/** A span as `traces.json` holds it. Ids are base64; every attribute is a JSON text, so that Python reads it back equal. */
export interface SpanJson {
  trace_id: string;
  span_id: string;
  /** `""` for the root. */
  parent_span_id: string;
  name: string;
  start_time_unix_nano: bigint;
  /** `null` while the span is open. */
  end_time_unix_nano: bigint | null;
  status: { code: SpanStatusCode; message: string };
  attributes: Record<string, string>;
  events: { name: string; time_unix_nano: bigint; attributes: Record<string, unknown> }[];
  links: SerializedSpanLink[];
}
