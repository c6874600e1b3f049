import {
  type Assessment,
  isExpectation,
  isFeedback,
  type Span,
  type Trace,
  type TraceInfo,
  TraceMetadataKey,
} from "mlflow-tracing";
import { exact, mapValues } from "./exact";
import { type AssessmentRecord, bySpanId, type InfoRecord, inOrder, type SpanRecord, type TraceRecord } from "./record";

/** A trace as our client gives it. */
export function traceFromClient({ info, data }: Trace): TraceRecord {
  return { info: infoFromClient(info), spans: bySpanId(data.spans.map(spanFromClient)) };
}

export function infoFromClient(info: TraceInfo): InfoRecord {
  const cost = info.traceMetadata[TraceMetadataKey.COST];
  return {
    traceId: info.traceId,
    experimentId: info.traceLocation.mlflowExperiment?.experimentId ?? "",
    clientRequestId: info.clientRequestId ?? null,
    requestTimeMs: info.requestTime,
    durationMs: info.executionDuration ?? Number.NaN,
    state: info.state,
    requestPreview: info.requestPreview ?? null,
    responsePreview: info.responsePreview ?? null,
    tags: info.tags,
    metadata: info.traceMetadata,
    tokenUsage: exact(info.tokenUsage),
    cost: exact(cost === undefined ? null : JSON.parse(cost)),
    assessments: inOrder(info.assessments.map(assessmentFromClient)),
  };
}

function assessmentFromClient(assessment: Assessment | object): AssessmentRecord {
  if (!isFeedback(assessment) && !isExpectation(assessment)) {
    throw new Error(`An assessment of an unknown kind: ${JSON.stringify(assessment)}`);
  }
  const feedback = isFeedback(assessment) ? assessment : undefined;
  const { error } = feedback ?? {};
  return {
    kind: feedback ? "feedback" : "expectation",
    id: assessment.assessmentId ?? "",
    traceId: assessment.traceId ?? "",
    name: assessment.name,
    value: exact(assessment.value ?? null),
    sourceType: assessment.source.sourceType,
    sourceId: assessment.source.sourceId,
    rationale: assessment.rationale ?? null,
    metadata: assessment.metadata ?? {},
    spanId: assessment.spanId ?? null,
    error: error ? [error.errorCode, error.errorMessage ?? null, error.stackTrace ?? null] : null,
    overrides: feedback?.overrides ?? null,
    valid: assessment.valid !== false,
    createTimeMs: assessment.createTime ?? Number.NaN,
    lastUpdateTimeMs: assessment.lastUpdateTime ?? Number.NaN,
  };
}

/** Nanoseconds of seconds and nanoseconds. */
function ns([seconds, nanoseconds]: readonly [number, number]): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
}

function spanFromClient(span: Span): SpanRecord {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentId: span.parentId,
    name: span.name,
    type: span.spanType,
    startNs: ns(span.startTime),
    endNs: ns(span.endTime ?? [0, 0]),
    status: span.status.statusCode.replace("STATUS_CODE_", ""),
    message: span.status.description,
    inputs: exact(span.inputs ?? null),
    outputs: exact(span.outputs ?? null),
    attributes: mapValues(span.attributes, exact),
    events: span.events.map(({ name, timestamp, attributes }) => [name, timestamp, exact(attributes)]),
    links: span.links.map(({ traceId, spanId, attributes }) => [traceId, spanId, exact(attributes)]),
  };
}
