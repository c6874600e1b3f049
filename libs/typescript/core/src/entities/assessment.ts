import { Expectation } from "./assessment-expectation.js";
import { Feedback } from "./assessment-feedback.js";

/** A judgement of a trace, or what it should have given. */
export type Assessment = Feedback | Expectation;

/** An assessment of a kind that this version does not know, in the REST API's form. It is written back unchanged. */
export type OpaqueAssessment = Readonly<Record<string, unknown>>;

/**
 * Whether something is feedback, e.g. among the assessments of a trace.
 *
 * @example const scores = trace.info.assessments.filter(isFeedback).map(({ name, value }) => [name, value]);
 */
export function isFeedback(assessment: unknown): assessment is Feedback {
  return assessment instanceof Feedback;
}

/**
 * Whether something is an expectation, e.g. among the assessments of a trace.
 *
 * @example const wanted = trace.info.assessments.find(isExpectation)?.value;
 */
export function isExpectation(assessment: unknown): assessment is Expectation {
  return assessment instanceof Expectation;
}

/**
 * Reads the REST API's form. Never throws: what is not understood, such as another kind, is returned as it is.
 *
 * @example isFeedback(assessmentFromJson({ assessment_name: "helpful", feedback: { value: true } })) // true
 */
export function assessmentFromJson(json: OpaqueAssessment): Assessment | OpaqueAssessment {
  try {
    if (json.feedback !== undefined) return Feedback.fromJson(json);
    if (json.expectation !== undefined) return Expectation.fromJson(json);
  } catch {
    // A source type or a format of a later version.
  }
  return json;
}

/**
 * The REST API's form.
 *
 * @example assessmentToJson(new Feedback({ name: "helpful", value: true })).feedback // { value: true }
 */
export function assessmentToJson(assessment: Assessment | OpaqueAssessment): Record<string, unknown> {
  return isFeedback(assessment) || isExpectation(assessment) ? assessment.toJson() : assessment;
}
