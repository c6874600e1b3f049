import { asRecord, asText } from "../json/read.js";
import { AssessmentBase, type AssessmentParams, readSharedFields } from "./assessment-base.js";
import { AssessmentError, type AssessmentErrorParams } from "./assessment-error.js";
import { AssessmentSourceType } from "./assessment-source.js";
import { type JsonValue, toJsonValue } from "./json-value.js";

/** What a {@link Feedback} is made of: a value, an error or both. */
export interface FeedbackParams extends Omit<AssessmentParams, "name"> {
  /** `feedback` by default. */
  name?: string | undefined;
  /** Anything that JSON can hold. The server keeps numbers as doubles. */
  value?: unknown;
  /** Why there is no value: a message, something that was thrown, or the parts. */
  error?: string | Error | AssessmentErrorParams | undefined;
  /** Id of the feedback that this one replaces. */
  overrides?: string | undefined;
}

/**
 * A judgement of a trace or span.
 *
 * @example new Feedback({ name: "helpful", value: true, source: { sourceType: "HUMAN", sourceId: "kari" } })
 */
export class Feedback extends AssessmentBase {
  readonly value: JsonValue | undefined;
  readonly error: AssessmentError | undefined;
  readonly overrides: string | undefined;

  /**
   * @throws Error when there is neither a value nor an error, or the source type is unknown
   * @throws TypeError when the value is not JSON, or metadata are not strings
   */
  constructor(params: FeedbackParams) {
    const name = params.name ?? "feedback";
    super({ ...params, name }, AssessmentSourceType.CODE);
    this.value = params.value === undefined ? undefined : toJsonValue(params.value, `feedback '${name}'`);
    this.error = AssessmentError.from(params.error);
    this.overrides = params.overrides;
    if (this.value === undefined && this.error === undefined) {
      throw new Error(`Feedback '${name}' needs a value or an error.`);
    }
  }

  /** The REST API's form. */
  toJson(): Record<string, unknown> {
    return this.sharedJson({ feedback: this.payload(), overrides: this.overrides });
  }

  /** The part of the JSON that an update replaces as a whole. */
  payload(): Record<string, unknown> {
    return {
      ...(this.value === undefined ? {} : { value: this.value }),
      ...(this.error === undefined ? {} : { error: this.error.toJson() }),
    };
  }

  /** Reads the REST API's form; feedback without anything has the value `null`, as on the server. */
  static fromJson(json: unknown): Feedback {
    const record = asRecord(json);
    const { value, error: inner } = asRecord(record.feedback);
    const error = AssessmentError.fromJson(inner ?? record.error);
    return new Feedback({
      ...readSharedFields(record),
      value: value === undefined && error === undefined ? null : value,
      error,
      overrides: asText(record.overrides),
    });
  }
}
