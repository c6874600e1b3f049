import type { DatabaseSpan } from "./database-span";

/** What one request brings for one trace. */
export interface SpanBatch {
  /** `tr-` and the trace id in hex. */
  readonly traceId: string;
  readonly spans: DatabaseSpan[];
  /** Tags from the resource that the first of the spans belongs to. */
  readonly resourceTags: ReadonlyMap<string, string>;
}

interface TraceSpans {
  readonly byId: Map<string, DatabaseSpan>;
  size: number;
}

const NONE: ReadonlyMap<string, DatabaseSpan> = new Map();

/** The spans that came by OTLP, by trace. */
export class SpanStore {
  readonly #traces = new Map<string, TraceSpans>();

  /** Stores spans, each over an earlier one of its id and in its place. */
  put({ traceId, spans }: SpanBatch): void {
    const trace = this.#traces.get(traceId) ?? { byId: new Map(), size: 0 };
    this.#traces.set(traceId, trace);
    for (const span of spans) {
      trace.size += span.size - (trace.byId.get(span.spanId)?.size ?? 0);
      trace.byId.set(span.spanId, span);
    }
  }

  byId(traceId: string): ReadonlyMap<string, DatabaseSpan> {
    return this.#traces.get(traceId)?.byId ?? NONE;
  }

  /** Roots first, then by their start; those that started together in the order in which they came. */
  inOrder(traceId: string): DatabaseSpan[] {
    const rank = ({ parentId }: DatabaseSpan): number => (parentId === null ? 0 : 1);
    return [...this.byId(traceId).values()].sort(
      (left, right) => rank(left) - rank(right) || Number(left.start - right.start),
    );
  }

  size(traceId: string): number {
    return this.#traces.get(traceId)?.size ?? 0;
  }

  delete(traceId: string): void {
    this.#traces.delete(traceId);
  }
}
