import { asRecord, asText } from "../json/read.js";
import { wellFormed } from "./json-value.js";

/** Who assessed. */
export const AssessmentSourceType = {
  SOURCE_TYPE_UNSPECIFIED: "SOURCE_TYPE_UNSPECIFIED",
  HUMAN: "HUMAN",
  LLM_JUDGE: "LLM_JUDGE",
  CODE: "CODE",
} as const;
export type AssessmentSourceType = (typeof AssessmentSourceType)[keyof typeof AssessmentSourceType];

/** What an {@link AssessmentSource} is made of. */
export interface AssessmentSourceParams {
  /** In any case; `AI_JUDGE` is the former name of `LLM_JUDGE`. */
  sourceType: AssessmentSourceType | "AI_JUDGE" | (string & {});
  /** E.g. a user name or the name of a model; `default` when missing or empty. */
  sourceId?: string | undefined;
}

const DEFAULT_ID = "default";

/**
 * Who assessed a trace: a person, a model or a program.
 *
 * @example new AssessmentSource({ sourceType: "HUMAN", sourceId: "kari@example.com" })
 */
export class AssessmentSource {
  readonly sourceType: AssessmentSourceType;
  readonly sourceId: string;

  /** @throws Error for an unknown type: the server would silently drop the fields after it */
  constructor({ sourceType, sourceId }: AssessmentSourceParams) {
    this.sourceType = toSourceType(sourceType);
    this.sourceId = wellFormed(sourceId || DEFAULT_ID);
  }

  /** The REST API's form. */
  toJson(): { source_type: AssessmentSourceType; source_id: string } {
    return { source_type: this.sourceType, source_id: this.sourceId };
  }

  /** Reads the REST API's form; a missing type reads as `SOURCE_TYPE_UNSPECIFIED`. */
  static fromJson(json: unknown): AssessmentSource {
    const { source_type: type, source_id: id } = asRecord(json);
    return new AssessmentSource({
      sourceType: asText(type) ?? AssessmentSourceType.SOURCE_TYPE_UNSPECIFIED,
      sourceId: asText(id),
    });
  }
}

function toSourceType(value: unknown): AssessmentSourceType {
  const name = String(value).trim().toUpperCase();
  if (name === "AI_JUDGE") return AssessmentSourceType.LLM_JUDGE;
  const known = Object.values(AssessmentSourceType).find((type) => type === name);
  if (known) return known;
  throw new Error(`Invalid assessment source type: '${String(value)}'. Use HUMAN, LLM_JUDGE or CODE.`);
}
