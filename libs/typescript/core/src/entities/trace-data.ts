import type { Span } from "./span.js";
import type { SpanJson } from "./span-json.js";

/**
 * The spans of a trace, in the order in which they started.
 *
 * @example
 * const { data } = await client.getTrace(traceId);
 * const tools = data.spans.filter(({ spanType }) => spanType === SpanType.TOOL);
 */
export class TraceData {
  readonly spans: readonly Span[];

  constructor(spans: readonly Span[] = []) {
    this.spans = spans;
  }

  /** The contents of `traces.json`. */
  toJson(): { spans: SpanJson[] } {
    return { spans: this.spans.map((span) => span.toJson()) };
  }
}
