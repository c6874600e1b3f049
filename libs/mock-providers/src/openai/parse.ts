import * as v from "valibot";
import { type ApiError, badRequest } from "./error";

/** Parameters whose limits are decimals; all other numbers are integers. */
const DECIMALS = /temperature|top_p|_penalty/;

/** The body of a request by its schema; throws the API's complaint about the first thing that is wrong. */
export function parseBody<T>(schema: v.GenericSchema<unknown, T>, body: unknown): T {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badRequest("The body of the request must be a JSON object.");
  }
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw complaint(result.issues[0]);
}

/** `messages[0].role`, as the API writes places. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => key);
  return keys.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index > 0 ? "." : ""}${key}`)).join("");
}

function complaint(issue: v.BaseIssue<unknown>): ApiError {
  const path = pathOf(issue);
  if (issue.received === "undefined") {
    if (path === "model") return badRequest("you must provide a model parameter");
    return badRequest(`Missing required parameter: '${path}'.`, path, "missing_required_parameter");
  }
  if (issue.type === "picklist") return unsupportedValue(issue, path);
  if (issue.kind === "validation") return outOfLimits(issue, path);
  const expected = EXPECTED[issue.type] ?? "something else";
  return badRequest(
    `Invalid type for '${path}': expected ${expected}, but got ${describe(issue.input)} instead.`,
    path,
    "invalid_type",
  );
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a decimal",
  integer: "an integer",
  boolean: "a boolean",
  array: "an array",
  loose_object: "an object",
  record: "an object",
  union: "one of several types",
};

function describe(input: unknown): string {
  if (input === null) return "null";
  if (Array.isArray(input)) return "an array";
  if (typeof input === "number") return Number.isInteger(input) ? "an integer" : "a decimal";
  return typeof input === "object" ? "an object" : `a ${typeof input}`;
}

function unsupportedValue(issue: v.BaseIssue<unknown>, path: string): ApiError {
  const options = (issue.expected ?? "").replace(/[()]/g, "").replaceAll('"', "'").split(" | ");
  const supported = options.length > 1 ? `${options.slice(0, -1).join(", ")}, and ${options.at(-1)}` : options.join();
  const given = typeof issue.input === "string" ? `'${issue.input}'` : describe(issue.input);
  return badRequest(`Invalid value: ${given}. Supported values are: ${supported}.`, path, "invalid_value");
}

/** The names of valibot's limits in the API's words. */
const LIMITS: Readonly<Record<string, readonly [code: string, sign: string]>> = {
  min_value: ["below_min_value", ">="],
  max_value: ["above_max_value", "<="],
};

function outOfLimits(issue: v.BaseIssue<unknown>, path: string): ApiError {
  if (issue.type === "integer") {
    const message = `Invalid type for '${path}': expected an integer, but got ${describe(issue.input)} instead.`;
    return badRequest(message, path, "invalid_type");
  }
  const limit = LIMITS[issue.type];
  if (!limit) return wrongLength(issue, path);
  const [suffix, sign] = limit;
  const kind = DECIMALS.test(path) ? "decimal" : "integer";
  const where = suffix.startsWith("below") ? "below minimum" : "above maximum";
  const message = `Invalid '${path}': ${kind} ${where} value. Expected a value ${sign} ${requirementOf(issue)}, but got ${String(issue.input)} instead.`;
  return badRequest(message, path, `${kind}_${suffix}`);
}

function wrongLength(issue: v.BaseIssue<unknown>, path: string): ApiError {
  const kind = Array.isArray(issue.input) ? "array" : "string";
  if (issue.type === "min_length") {
    const message = `Invalid '${path}': empty ${kind}. Expected ${kind === "array" ? "an array" : "a string"} with minimum length 1.`;
    return badRequest(message, path, `empty_${kind}`);
  }
  if (issue.type !== "max_length") return badRequest(issue.message, path, "invalid_value");
  const message = `Invalid '${path}': ${kind} too long. Expected ${kind} with ${issue.expected ?? "fewer items"}.`;
  return badRequest(message, path, `${kind}_above_max_length`);
}

/** valibot writes `>=1`; only the number is wanted. */
function requirementOf(issue: v.BaseIssue<unknown>): string {
  return (issue.expected ?? "").replace(/^[<>]=?/, "");
}
