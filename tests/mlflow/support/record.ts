import type { Exact } from "./exact";

type Values = { [key: string]: Exact };

/** Everything that can be told of a span, however it was read. Times are nanoseconds. */
export interface SpanRecord {
  traceId: string;
  spanId: string;
  parentId: string | null;
  name: string;
  type: string;
  startNs: bigint;
  endNs: bigint;
  status: string;
  message: string;
  inputs: Exact;
  outputs: Exact;
  attributes: Values;
  events: [name: string, timeNs: bigint, attributes: Exact][];
  links: [traceId: string, spanId: string, attributes: Exact][];
}

export interface AssessmentRecord {
  kind: string;
  id: string;
  traceId: string;
  name: string;
  value: Exact;
  sourceType: string;
  sourceId: string;
  rationale: string | null;
  metadata: Record<string, string>;
  spanId: string | null;
  error: (string | null)[] | null;
  overrides: string | null;
  valid: boolean;
  createTimeMs: number;
  lastUpdateTimeMs: number;
}

export interface InfoRecord {
  traceId: string;
  experimentId: string;
  clientRequestId: string | null;
  requestTimeMs: number;
  durationMs: number;
  state: string;
  requestPreview: string | null;
  responsePreview: string | null;
  tags: Record<string, string>;
  metadata: Record<string, string>;
  tokenUsage: Exact;
  cost: Exact;
  assessments: AssessmentRecord[];
}

/** A trace with its spans, by their ids. */
export interface TraceRecord {
  info: InfoRecord;
  spans: Record<string, SpanRecord>;
}

/** @throws Error when a span is there twice */
export function bySpanId(spans: readonly SpanRecord[]): Record<string, SpanRecord> {
  const byId = Object.fromEntries(spans.map((span) => [span.spanId, span]));
  if (Object.keys(byId).length === spans.length) return byId;
  throw new Error(`${spans.length} spans have only ${Object.keys(byId).length} different ids.`);
}

/** Assessments in the order of their names, those of the same name in the order in which they were made. */
export function inOrder(assessments: readonly AssessmentRecord[]): AssessmentRecord[] {
  const key = ({ name, createTimeMs }: AssessmentRecord) => `${name}\u0000${String(createTimeMs).padStart(15, "0")}`;
  return [...assessments].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}
