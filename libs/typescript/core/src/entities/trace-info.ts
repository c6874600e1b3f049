import { TRACE_TOKEN_USAGE } from "../attribute-keys.js";
import { safeStringify } from "../json/safe-json.js";
import type { Assessment, OpaqueAssessment } from "./assessment.js";
import { toTimestamp, wellFormed } from "./json-value.js";
import { readTokenUsage, type TokenUsage } from "./token-usage.js";
import { type TraceLocation, traceLocationToJson } from "./trace-location.js";
import type { TraceState } from "./trace-state.js";

/** What a {@link TraceInfo} is made of. Times are milliseconds. */
export interface TraceInfoParams {
  traceId: string;
  traceLocation: TraceLocation;
  requestTime: number;
  state: TraceState;
  requestPreview?: string | undefined;
  responsePreview?: string | undefined;
  clientRequestId?: string | undefined;
  executionDuration?: number | undefined;
  traceMetadata?: Record<string, string>;
  tags?: Record<string, string>;
  assessments?: readonly (Assessment | OpaqueAssessment)[];
}

/**
 * What is known of a trace without its spans.
 *
 * @example
 * const { info } = await client.getTrace(traceId);
 * console.log(info.state, info.requestPreview, info.executionDuration, info.tokenUsage?.total_tokens);
 */
export class TraceInfo {
  traceId: string;
  traceLocation: TraceLocation;
  /** Milliseconds since the epoch. */
  requestTime: number;
  state: TraceState;
  requestPreview: string | undefined;
  responsePreview: string | undefined;
  clientRequestId: string | undefined;
  /** Milliseconds. */
  executionDuration: number | undefined;
  traceMetadata: Record<string, string>;
  tags: Record<string, string>;
  /** Feedback and expectations; `isFeedback` and `isExpectation` tell them apart. Unknown kinds are as the server has them. */
  assessments: readonly (Assessment | OpaqueAssessment)[];

  constructor(params: TraceInfoParams) {
    this.traceId = params.traceId;
    this.traceLocation = params.traceLocation;
    this.requestTime = params.requestTime;
    this.state = params.state;
    this.requestPreview = params.requestPreview;
    this.responsePreview = params.responsePreview;
    this.clientRequestId = params.clientRequestId;
    this.executionDuration = params.executionDuration;
    this.traceMetadata = params.traceMetadata ?? {};
    this.tags = params.tags ?? {};
    this.assessments = params.assessments ?? [];
  }

  /** Tokens of the whole trace; `null` when none were reported. */
  get tokenUsage(): TokenUsage | null {
    const text = this.traceMetadata[TRACE_TOKEN_USAGE];
    if (text === undefined) return null;
    try {
      return readTokenUsage(JSON.parse(text));
    } catch {
      return null;
    }
  }

  /**
   * The REST API's form; what is undefined is left out. Every field has the type that the server expects, because it drops,
   * without an error, whatever comes after a field of another type.
   *
   * @throws RangeError when the request time is outside of the years 1 to 9999
   */
  toJson(): Record<string, unknown> {
    const requestTime = toTimestamp(this.requestTime);
    if (requestTime === undefined) {
      throw new RangeError(`requestTime of ${this.traceId} must be milliseconds since 1970, not ${this.requestTime}.`);
    }
    return {
      trace_id: this.traceId,
      client_request_id: toText(this.clientRequestId),
      trace_location: traceLocationToJson(this.traceLocation),
      request_preview: toText(this.requestPreview),
      response_preview: toText(this.responsePreview),
      request_time: requestTime,
      execution_duration: writeDuration(this.executionDuration),
      state: this.state,
      trace_metadata: toTextRecord(this.traceMetadata),
      tags: toTextRecord(this.tags),
      ...(this.assessments.length > 0 ? { assessments: this.assessments.map(toPlain) } : {}),
    };
  }
}

/** What a caller without types passed for a text is sent as JSON. */
function toText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return wellFormed(typeof value === "string" ? value : safeStringify(value));
}

function toTextRecord(record: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(record).map(([key, value]) => [wellFormed(key), toText(value)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The longest duration that protobuf can hold, about 10,000 years. */
const MAX_DURATION_MS = 315_576_000_000_000;

/** Protobuf's JSON duration in whole milliseconds, e.g. `"0.5s"` of 500; `undefined` when that cannot hold it. */
function writeDuration(ms: number | undefined): string | undefined {
  if (ms === undefined || !(Math.abs(ms) <= MAX_DURATION_MS)) return undefined;
  return `${Math.trunc(ms) / 1000}s`;
}

function toPlain(assessment: Assessment | OpaqueAssessment): Record<string, unknown> {
  return typeof assessment.toJson === "function" ? (assessment as Assessment).toJson() : { ...assessment };
}
