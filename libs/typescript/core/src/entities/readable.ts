/**
 * The classes that can also be read from JSON. They get their readers here, so that a program which only records traces
 * does not load them.
 */
import { Span as BaseSpan } from "./span.js";
import { spanFromJson } from "./span-from-json.js";
import { SpanLink as BaseSpanLink, type SerializedSpanLink, spanLinkFromJson } from "./span-link.js";
import { Trace as BaseTrace } from "./trace.js";
import { TraceData as BaseTraceData } from "./trace-data.js";
import { type AssessmentReader, traceDataFromJson, traceFromJson, traceInfoFromJson } from "./trace-from-json.js";
import { TraceInfo as BaseTraceInfo } from "./trace-info.js";

/**
 * A span to look at: one that has been read from a server, or (see `LiveSpan`) one that is being recorded.
 *
 * @class
 * @example
 * const { data } = await client.getTrace(traceId);
 * for (const span of data.spans) console.log(span.name, span.spanType, span.getAttribute("mlflow.llm.model"));
 */
export const Span = /* @__PURE__ */ Object.assign(BaseSpan, {
  /**
   * Reads a span of `traces.json`: ids in base64, attributes as JSON texts or decoded, whatever is optional left out.
   * Nothing in it makes this throw; a missing start reads as 0.
   */
  fromJson(json: unknown): BaseSpan {
    return spanFromJson(json);
  },
});
export type Span = BaseSpan;

/**
 * A relation to a span of this or another trace that is not its parent.
 *
 * @class
 * @example span.addLink(new SpanLink({ traceId: question.traceId, spanId: question.spanId }));
 */
export const SpanLink = /* @__PURE__ */ Object.assign(BaseSpanLink, {
  /** Reads a link of `traces.json`. */
  fromJson(json: SerializedSpanLink): BaseSpanLink {
    return spanLinkFromJson(json);
  },
});
export type SpanLink = BaseSpanLink;

/**
 * The spans of a trace, in the order in which they started.
 *
 * @class
 * @example
 * const { data } = await client.getTrace(traceId);
 * const tools = data.spans.filter(({ spanType }) => spanType === SpanType.TOOL);
 */
export const TraceData = /* @__PURE__ */ Object.assign(BaseTraceData, {
  /** Reads the contents of `traces.json`. */
  fromJson(json: unknown): BaseTraceData {
    return traceDataFromJson(json);
  },
});
export type TraceData = BaseTraceData;

/**
 * What is known of a trace without its spans.
 *
 * @class
 * @example
 * const { info } = await client.getTrace(traceId);
 * console.log(info.state, info.requestPreview, info.executionDuration, info.tokenUsage?.total_tokens);
 */
export const TraceInfo = /* @__PURE__ */ Object.assign(BaseTraceInfo, {
  /**
   * Reads the REST API's form; a missing or unreadable time reads as now.
   *
   * @param readAssessment `assessmentFromJson`; without it assessments stay in the API's form
   */
  fromJson(json: unknown, readAssessment?: AssessmentReader): BaseTraceInfo {
    return traceInfoFromJson(json, readAssessment);
  },
});
export type TraceInfo = BaseTraceInfo;

/**
 * A whole trace.
 *
 * @class
 * @example
 * const { info, data } = await client.getTrace(traceId);
 * console.log(info.state, info.tokenUsage, data.spans.length);
 */
export const Trace = /* @__PURE__ */ Object.assign(BaseTrace, {
  /** Reads what `toJson` wrote; assessments as `TraceInfo.fromJson` does. */
  fromJson(json: unknown, readAssessment?: AssessmentReader): BaseTrace {
    return traceFromJson(json, readAssessment);
  },
});
export type Trace = BaseTrace;
