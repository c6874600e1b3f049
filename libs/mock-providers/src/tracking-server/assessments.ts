import { createId } from "../model/hash";
import { formatTimestamp, type ParsedMessage } from "./proto-json";

/** An assessment that came with a trace info, completed as the server completes it. `seed` makes the id. */
export function completeAssessment(parsed: ParsedMessage, traceId: string, seed: string): ParsedMessage {
  const id = parsed.assessment_id || `a-${hexId(seed)}`;
  const now = Date.now();
  return {
    ...parsed,
    assessment_id: id,
    trace_id: traceId,
    create_time: parsed.create_time ?? now,
    last_update_time: parsed.last_update_time ?? now,
  };
}

function hexId(seed: string): string {
  return [...createId(seed, 32)].map((character) => (character.charCodeAt(0) % 16).toString(16)).join("");
}

/** An assessment as the REST API writes it. */
export function assessmentJson(assessment: ParsedMessage): Record<string, unknown> {
  const { create_time, last_update_time, feedback, expectation, valid, ...rest } = assessment;
  const { rationale, metadata, overrides, span_id, ...head } = rest;
  return dropUndefined({
    ...head,
    span_id,
    create_time: formatTimestamp(Number(create_time)),
    last_update_time: formatTimestamp(Number(last_update_time)),
    feedback,
    expectation: expectationJson(expectation),
    rationale,
    metadata,
    overrides,
    valid: valid ?? true,
  });
}

/** Raw objects and arrays come back as JSON text. */
function expectationJson(expectation: unknown): unknown {
  if (typeof expectation !== "object" || expectation === null || !("value" in expectation)) return expectation;
  const { value } = expectation;
  if (typeof value !== "object" || value === null) return expectation;
  return { serialized_value: { serialization_format: "JSON_FORMAT", value: JSON.stringify(value) } };
}

function dropUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}
