import {
  type LiveSpan,
  SpanEvent,
  SpanLink,
  type SpanStatusCodeLike,
  startSpan,
  type UpdateCurrentTraceOptions,
  updateCurrentTrace,
  withActiveSpan,
} from "mlflow-tracing";

/** A span to write, in plain values. Times are nanoseconds. */
export interface SpanSpec {
  readonly name: string;
  readonly type: string;
  /** Place of the parent in the list; the first span is the root. */
  readonly parent?: number | undefined;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly status?: readonly [code: SpanStatusCodeLike, message: string];
  readonly events?: readonly (readonly [name: string, timeNs: bigint, attributes: Record<string, unknown>])[];
  readonly links?: readonly (readonly [traceId: string, spanId: string, attributes: Record<string, unknown>])[];
}

/** A trace to write. */
export interface TraceSpec extends UpdateCurrentTraceOptions {
  readonly spans: readonly SpanSpec[];
}

/** Ids of a trace that was written; those of its spans in the order of the specification. */
export interface WrittenTrace {
  readonly traceId: string;
  readonly spanIds: readonly string[];
}

/** Writes a trace through the public API. It is sent in the background. */
export function writeTrace({ spans: specs, ...trace }: TraceSpec): WrittenTrace {
  const spans: LiveSpan[] = [];
  for (const spec of specs) spans.push(startOne(spec, spec.parent === undefined ? undefined : spans[spec.parent]));
  const [root] = spans;
  if (!root) throw new Error("A trace needs a span.");
  withActiveSpan(root, () => updateCurrentTrace(trace));
  for (const [at, span] of [...spans.entries()].reverse()) span.end({ endTimeNs: specs[at]?.endNs });
  return { traceId: root.traceId, spanIds: spans.map(({ spanId }) => spanId) };
}

function startOne({ name, type, startNs, ...spec }: SpanSpec, parent: LiveSpan | undefined): LiveSpan {
  const span = startSpan({
    name,
    spanType: type,
    startTimeNs: startNs,
    inputs: spec.inputs,
    ...(parent && { parent }),
  });
  if (spec.outputs !== undefined) span.setOutputs(spec.outputs);
  span.setAttributes(spec.attributes);
  if (spec.status) span.setStatus(...spec.status);
  for (const [event, timestamp, attributes] of spec.events ?? []) {
    span.addEvent(new SpanEvent({ name: event, timestamp, attributes }));
  }
  for (const [traceId, spanId, attributes] of spec.links ?? []) {
    span.addLink(new SpanLink({ traceId, spanId, attributes }));
  }
  return span;
}
