import {
  type Assessment,
  assessmentFromJson,
  isExpectation,
  isFeedback,
  type OpaqueAssessment,
} from "../entities/assessment.js";
import { Expectation, type ExpectationParams } from "../entities/assessment-expectation.js";
import { Feedback, type FeedbackParams } from "../entities/assessment-feedback.js";
import type { JsonValue } from "../entities/json-value.js";
import { asRecord } from "../json/read.js";
import { type Connection, explained, request, requireText } from "./connection.js";
import { tracePath } from "./trace-requests.js";

/** What the server sets. */
type ServerFields = "assessmentId" | "createTime" | "lastUpdateTime" | "valid" | "overrides";

/** Feedback on a trace. Name `feedback` and source `CODE` by default. */
export type LogFeedbackOptions = Omit<FeedbackParams, ServerFields> & { traceId: string };

/** What a trace should have given. Source `HUMAN` by default. The server keeps no rationale of it. */
export type LogExpectationOptions = Omit<ExpectationParams, ServerFields | "rationale"> & { traceId: string };

/** What to change; the rest stays. Value and error are replaced together, metadata are merged key by key. */
export type UpdateFeedbackOptions = Pick<FeedbackParams, "name" | "value" | "error" | "rationale" | "metadata">;

/** What to change; the rest stays. Metadata are merged key by key. */
export type UpdateExpectationOptions = Partial<Pick<ExpectationParams, "name" | "value" | "metadata">>;

/** The feedback that takes the place of another; name and span are taken over from that. */
export type OverrideFeedbackOptions = Pick<FeedbackParams, "value" | "error" | "source" | "rationale" | "metadata">;

function assessmentPath(traceId: string, assessmentId: string): string {
  return tracePath(traceId, `/assessments/${encodeURIComponent(requireText(assessmentId, "assessmentId"))}`);
}

/**
 * @returns the server's copy, with its id
 * @throws RangeError for an integer that the server, which keeps doubles, would round
 */
export async function logAssessment<T extends Assessment>(
  connection: Connection,
  traceId: string,
  assessment: T,
): Promise<T> {
  requireText(assessment.name, "name");
  checkIntegers(assessment);
  const body = { assessment: { ...assessment.toJson(), trace_id: traceId } };
  const answer = await explained(request(connection, "POST", tracePath(traceId, "/assessments"), body), ({ status }) =>
    status === 404 ? "Traces are sent in the background: await flushTraces() before assessing one." : undefined,
  );
  return sameKind(assessment, answer);
}

/** @throws MlflowHttpError with status 404 when there is none */
export async function getAssessment(
  connection: Connection,
  traceId: string,
  assessmentId: string,
): Promise<Assessment | OpaqueAssessment> {
  return readAssessment(await request(connection, "GET", assessmentPath(traceId, assessmentId)));
}

export async function updateFeedback(
  connection: Connection,
  traceId: string,
  assessmentId: string,
  changes: UpdateFeedbackOptions,
): Promise<Feedback> {
  const isReplaced = changes.value !== undefined || changes.error !== undefined;
  // A value that is not sent serves only to build the other fields.
  const changed = new Feedback({ ...changes, value: isReplaced ? changes.value : null });
  const kind = isReplaced ? "feedback" : undefined;
  return update(connection, assessmentPath(traceId, assessmentId), changed, changes, kind);
}

export async function updateExpectation(
  connection: Connection,
  traceId: string,
  assessmentId: string,
  changes: UpdateExpectationOptions,
): Promise<Expectation> {
  const isReplaced = changes.value !== undefined;
  // A name and a value that are not sent serve only to build the other fields.
  const value = isReplaced ? changes.value : false;
  const changed = new Expectation({ ...changes, name: changes.name ?? "expectation", value });
  const kind = isReplaced ? "expectation" : undefined;
  return update(connection, assessmentPath(traceId, assessmentId), changed, changes, kind);
}

/** Fields other than the value: the name in our options, in the mask and in JSON. */
const MASK = [
  ["name", "assessmentName", "assessment_name"],
  ["rationale", "rationale", "rationale"],
  ["metadata", "metadata", "metadata"],
] as const;

/** The mask is one string of names in camel case: of any other form the server says nothing and changes nothing. */
async function update<T extends Assessment>(
  connection: Connection,
  path: string,
  changed: T,
  changes: { readonly [field in (typeof MASK)[number][0]]?: unknown },
  kind: "feedback" | "expectation" | undefined,
): Promise<T> {
  if (changes.name !== undefined) requireText(changed.name, "name");
  checkIntegers(changed);
  const fields = MASK.filter(([field]) => changes[field] !== undefined);
  const names = [...fields.map(([, mask]) => mask), ...(kind ? [kind] : [])];
  if (names.length === 0) throw new Error("There is nothing to update: pass at least one field to change.");
  const json = changed.toJson();
  const keys = [...fields.map(([, , key]) => key), ...(kind ? [kind] : [])];
  const assessment = Object.fromEntries(keys.map((key) => [key, json[key]]));
  return sameKind(changed, await request(connection, "PATCH", path, { assessment, update_mask: names.join(",") }));
}

/** Deletes one; nothing happens when there is none. */
export async function deleteAssessment(connection: Connection, traceId: string, assessmentId: string): Promise<void> {
  await request(connection, "DELETE", assessmentPath(traceId, assessmentId));
}

/** Logs feedback in the place of another, which stays readable with `valid: false`. */
export async function overrideFeedback(
  connection: Connection,
  traceId: string,
  assessmentId: string,
  options: OverrideFeedbackOptions,
): Promise<Feedback> {
  const old = await getAssessment(connection, traceId, assessmentId);
  if (!isFeedback(old)) throw new Error(`The assessment ${assessmentId} is no feedback, so it cannot be overridden.`);
  const feedback = new Feedback({ ...options, name: old.name, spanId: old.spanId, overrides: assessmentId });
  return logAssessment(connection, traceId, feedback);
}

function readAssessment(answer: unknown): Assessment | OpaqueAssessment {
  return assessmentFromJson(asRecord(asRecord(answer).assessment));
}

function sameKind<T extends Assessment>(sent: T, answer: unknown): T {
  const stored = readAssessment(answer);
  const isSame = isFeedback(sent) ? isFeedback(stored) : isExpectation(stored);
  if (!isSame) throw new Error("The server's answer is no assessment of the kind that was sent");
  return stored as T;
}

/** Numbers outside of JSON texts become doubles on the server, without a word. */
function checkIntegers(assessment: Assessment): void {
  const { value } = assessment;
  const isText = isExpectation(assessment) && typeof value === "object";
  if (isText || isExactAsDouble(value)) return;
  throw new RangeError(
    `The value of '${assessment.name}' has an integer that the server cannot keep exactly. Pass it as a string` +
      `${isExpectation(assessment) ? " or inside of an object" : ""}.`,
  );
}

function isExactAsDouble(value: JsonValue | undefined): boolean {
  if (typeof value === "bigint") return Number.isFinite(Number(value)) && BigInt(Number(value)) === value;
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every(isExactAsDouble);
}
