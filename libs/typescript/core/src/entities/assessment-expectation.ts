import { parseJson } from "../json/bigint-json.js";
import { asRecord, asText } from "../json/read.js";
import { AssessmentBase, type AssessmentParams, readSharedFields } from "./assessment-base.js";
import { AssessmentSourceType } from "./assessment-source.js";
import { exactJson, type JsonValue, toJsonValue } from "./json-value.js";

/** What an {@link Expectation} is made of. */
export interface ExpectationParams extends AssessmentParams {
  /** Anything that JSON can hold except null. */
  value: unknown;
}

const JSON_FORMAT = "JSON_FORMAT";

/**
 * What a trace or span should have given.
 *
 * @example new Expectation({ name: "answer", value: { city: "Tromsø", snow: true } })
 */
export class Expectation extends AssessmentBase {
  readonly value: Exclude<JsonValue, null>;

  /**
   * @throws Error when the value is missing or null, or the source type is unknown
   * @throws TypeError when the value is not JSON, or metadata are not strings
   */
  constructor(params: ExpectationParams) {
    super(params, AssessmentSourceType.HUMAN);
    const value = params.value === undefined ? null : toJsonValue(params.value, `expectation '${params.name}'`);
    if (value === null) throw new Error(`Expectation '${params.name}' needs a value other than null.`);
    this.value = value;
  }

  /** The REST API's form. */
  toJson(): Record<string, unknown> {
    return this.sharedJson({ expectation: this.payload() });
  }

  /** Objects and arrays go as JSON text, in which integers stay integers; the rest goes as it is. */
  payload(): Record<string, unknown> {
    if (typeof this.value !== "object") return { value: this.value };
    return { serialized_value: { serialization_format: JSON_FORMAT, value: exactJson(this.value) } };
  }

  /**
   * Reads the REST API's form.
   *
   * @throws Error for a serialization format other than JSON
   */
  static fromJson(json: unknown): Expectation {
    const record = asRecord(json);
    return new Expectation({ ...readSharedFields(record), value: readValue(asRecord(record.expectation)) });
  }
}

function readValue({ value, serialized_value: serialized }: Record<string, unknown>): unknown {
  if (serialized === undefined) return value;
  const { serialization_format: format, value: text } = asRecord(serialized);
  if (format !== JSON_FORMAT) throw new Error(`Unknown serialization format of an expectation: ${String(format)}`);
  return parseJson(asText(text) ?? "");
}
