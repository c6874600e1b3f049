import { testEnvironment } from "./environment";
import { fromPython, mapValues } from "./exact";
import { type AssessmentRecord, bySpanId, inOrder, type SpanRecord, type TraceRecord } from "./record";

/** Calls a function of `python/reading.py` or `python/writing.py`; rejects with Python's stack when it raises. */
export async function callPython<T>(call: string, args: Record<string, unknown>): Promise<T> {
  const body = JSON.stringify({ call, with: args });
  const response = await fetch(testEnvironment().pythonPeer, { method: "POST", body });
  const answer = (await response.json()) as { result: T; error?: string };
  if (answer.error !== undefined) throw new Error(`Python's ${call} failed:\n${answer.error}`);
  return answer.result;
}

/** Traces as `mlflow.get_trace` gives them. @throws Error when one cannot be read */
export async function readWithPython(traceIds: readonly string[]): Promise<TraceRecord[]> {
  const found = await callPython<unknown[]>("get_traces", { ids: traceIds });
  return found.map((trace, at) => {
    if (trace === null) throw new Error(`Python cannot read ${traceIds[at]}.`);
    return traceFromPython(trace as RawTrace);
  });
}

/** Traces as `mlflow.search_traces` gives them. */
export async function searchWithPython(args: {
  experiment_id: string;
  filter?: string;
  include_spans?: boolean;
  max_results?: number;
}): Promise<TraceRecord[]> {
  return (await callPython<RawTrace[]>("search_traces", args)).map(traceFromPython);
}

type Raw<T, Changed extends keyof T> = Omit<T, Changed> & Record<Changed, unknown>;
type RawSpan = Raw<SpanRecord, "inputs" | "outputs"> & {
  startNs: string;
  endNs: string;
  attributes: object;
  events: [string, string, unknown][];
  links: [string, string, unknown][];
};
type RawAssessment = Raw<AssessmentRecord, "value">;
type RawInfo = Raw<TraceRecord["info"], "tokenUsage" | "cost"> & { assessments: RawAssessment[] };
interface RawTrace {
  info: RawInfo;
  spans: RawSpan[];
}

function traceFromPython({ info, spans }: RawTrace): TraceRecord {
  const assessments = info.assessments.map((each) => ({ ...each, value: fromPython(each.value) }));
  const tokenUsage = fromPython(info.tokenUsage);
  const record = { ...info, tokenUsage, cost: fromPython(info.cost), assessments: inOrder(assessments) };
  return { info: record, spans: bySpanId(spans.map(spanFromPython)) };
}

function spanFromPython(span: RawSpan): SpanRecord {
  return {
    ...span,
    startNs: BigInt(span.startNs),
    endNs: BigInt(span.endNs),
    inputs: fromPython(span.inputs),
    outputs: fromPython(span.outputs),
    attributes: mapValues(span.attributes, fromPython),
    events: span.events.map(([name, time, attributes]) => [name, BigInt(time), fromPython(attributes)]),
    links: span.links.map(([traceId, spanId, attributes]) => [traceId, spanId, fromPython(attributes)]),
  };
}
