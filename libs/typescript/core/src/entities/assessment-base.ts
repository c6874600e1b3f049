import { asRecord, asText, asTextRecord } from "../json/read.js";
import { AssessmentSource, type AssessmentSourceParams, type AssessmentSourceType } from "./assessment-source.js";
import { assessedTraceFromJson, assessedTraceToJson } from "./assessment-trace-id.js";
import { fromTimestamp, toTimestamp, wellFormed } from "./json-value.js";

/** What feedback and expectations have in common. Times are milliseconds since the epoch. */
export interface AssessmentParams {
  name: string;
  source?: AssessmentSource | AssessmentSourceParams | undefined;
  traceId?: string | undefined;
  /** 16 hex digits of the span that is assessed; the whole trace when missing. */
  spanId?: string | undefined;
  /** Why. The server does not keep it for expectations. */
  rationale?: string | undefined;
  /** Values must be strings. */
  metadata?: Readonly<Record<string, string>> | undefined;
  /** Set by the server when missing. */
  assessmentId?: string | undefined;
  createTime?: number | undefined;
  lastUpdateTime?: number | undefined;
  /** `false` once another assessment overrides this one. */
  valid?: boolean | undefined;
}

/** The fields that feedback and expectations share, and their JSON. */
export abstract class AssessmentBase {
  readonly name: string;
  readonly source: AssessmentSource;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly rationale: string | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly assessmentId: string | undefined;
  readonly createTime: number | undefined;
  readonly lastUpdateTime: number | undefined;
  readonly valid: boolean | undefined;

  protected constructor(params: AssessmentParams, defaultSource: AssessmentSourceType) {
    this.name = wellFormed(params.name);
    this.source = new AssessmentSource(params.source ?? { sourceType: defaultSource });
    this.traceId = params.traceId;
    this.spanId = params.spanId;
    this.rationale = params.rationale === undefined ? undefined : wellFormed(params.rationale);
    this.metadata = params.metadata === undefined ? undefined : checkMetadata(params.metadata, params.name);
    this.assessmentId = params.assessmentId;
    this.createTime = params.createTime;
    this.lastUpdateTime = params.lastUpdateTime;
    this.valid = params.valid;
  }

  /** The REST API's form with the `payload` of the kind; what is undefined is left out. */
  protected sharedJson(payload: Record<string, unknown>): Record<string, unknown> {
    const json = {
      assessment_id: this.assessmentId,
      assessment_name: this.name,
      ...assessedTraceToJson(this.traceId),
      span_id: this.spanId,
      source: this.source.toJson(),
      create_time: this.createTime === undefined ? undefined : toTimestamp(this.createTime),
      last_update_time: this.lastUpdateTime === undefined ? undefined : toTimestamp(this.lastUpdateTime),
      ...payload,
      rationale: this.rationale,
      metadata: this.metadata,
      valid: this.valid,
    };
    return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
  }
}

/** The shared fields of an assessment in JSON. */
export function readSharedFields(json: Record<string, unknown>): AssessmentParams {
  return {
    name: asText(json.assessment_name) ?? "",
    source: AssessmentSource.fromJson(json.source),
    traceId: assessedTraceFromJson(json),
    spanId: asText(json.span_id),
    rationale: asText(json.rationale),
    metadata: json.metadata === undefined ? undefined : asTextRecord(json.metadata),
    assessmentId: asText(json.assessment_id),
    createTime: fromTimestamp(asText(json.create_time)),
    lastUpdateTime: fromTimestamp(asText(json.last_update_time)),
    valid: typeof json.valid === "boolean" ? json.valid : undefined,
  };
}

function checkMetadata(metadata: unknown, name: string): Record<string, string> {
  const entries = Object.entries(asRecord(metadata)).map(([key, value]): [string, string] => {
    if (typeof value === "string") return [wellFormed(key), wellFormed(value)];
    throw new TypeError(`Metadata of the assessment '${name}' must be strings: '${key}' is of type ${typeof value}.`);
  });
  return Object.fromEntries(entries);
}
