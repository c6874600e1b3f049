import { TraceMetadataKey } from "../constants.js";
import { asList, asRecord, asText, asTextRecord } from "../json/read.js";
import { readTokenUsage, type TokenUsage } from "./token-usage.js";
import { type TraceLocation, traceLocationFromJson, traceLocationToJson } from "./trace-location.js";
import { TraceState } from "./trace-state.js";

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
  assessments?: readonly unknown[];
}

/** What is known of a trace without its spans. */
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
  /** As the server has them. */
  assessments: readonly unknown[];

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
    const text = this.traceMetadata[TraceMetadataKey.TOKEN_USAGE];
    if (text === undefined) return null;
    try {
      return readTokenUsage(JSON.parse(text));
    } catch {
      return null;
    }
  }

  /** The REST API's form; what is undefined is left out. */
  toJson(): Record<string, unknown> {
    return {
      trace_id: this.traceId,
      client_request_id: this.clientRequestId,
      trace_location: traceLocationToJson(this.traceLocation),
      request_preview: this.requestPreview,
      response_preview: this.responsePreview,
      request_time: new Date(this.requestTime).toISOString(),
      execution_duration: this.executionDuration === undefined ? undefined : `${this.executionDuration / 1000}s`,
      state: this.state,
      trace_metadata: this.traceMetadata,
      tags: this.tags,
      ...(this.assessments.length > 0 ? { assessments: this.assessments } : {}),
    };
  }

  /** Reads the REST API's form; a missing or unreadable time reads as now. */
  static fromJson(json: unknown): TraceInfo {
    const record = asRecord(json);
    const time = Date.parse(asText(record.request_time) ?? "");
    return new TraceInfo({
      traceId: asText(record.trace_id) ?? "",
      clientRequestId: asText(record.client_request_id),
      traceLocation: traceLocationFromJson(record.trace_location),
      requestPreview: asText(record.request_preview),
      responsePreview: asText(record.response_preview),
      requestTime: Number.isNaN(time) ? Date.now() : time,
      executionDuration: readDuration(asText(record.execution_duration)),
      state: readState(asText(record.state)),
      traceMetadata: asTextRecord(record.trace_metadata),
      tags: asTextRecord(record.tags),
      assessments: asList(record.assessments),
    });
  }
}

/** Milliseconds of protobuf's JSON duration, e.g. 500 of `"0.500s"`. */
function readDuration(text: string | undefined): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)s$/.exec(text ?? "");
  return match ? Math.round(Number(match[1]) * 1000) : undefined;
}

function readState(text: string | undefined): TraceState {
  return Object.values(TraceState).find((state) => state === text) ?? TraceState.STATE_UNSPECIFIED;
}
