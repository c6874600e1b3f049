/** What a {@link SpanLink} is made of. */
export interface SpanLinkParams {
  /** MLflow's trace id, `tr-<32 hex digits>`. */
  traceId: string;
  /** 16 hex digits. */
  spanId: string;
  attributes?: Record<string, unknown>;
}

/** A link as `traces.json` holds it. */
export interface SerializedSpanLink {
  trace_id: string;
  span_id: string;
  attributes: Record<string, unknown> | null;
}

/**
 * A relation to a span of this or another trace that is not its parent.
 *
 * @example span.addLink(new SpanLink({ traceId: question.traceId, spanId: question.spanId }));
 */
export class SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Record<string, unknown>;

  constructor({ traceId, spanId, attributes = {} }: SpanLinkParams) {
    this.traceId = traceId;
    this.spanId = spanId;
    this.attributes = { ...attributes };
  }

  /** The link as `traces.json` holds it. */
  toJson(): SerializedSpanLink {
    const attributes = Object.keys(this.attributes).length > 0 ? { ...this.attributes } : null;
    return { trace_id: this.traceId, span_id: this.spanId, attributes };
  }
}

/** Reads a link of `traces.json`. */
export function spanLinkFromJson({ trace_id, span_id, attributes }: SerializedSpanLink): SpanLink {
  return new SpanLink({ traceId: trace_id, spanId: span_id, attributes: attributes ?? {} });
}
