import * as v from "valibot";
import type { MockRequest } from "../contract";
import { readJsonBody } from "../provider/body";
import { toCamelCase } from "./camel-case";
import { fieldViolation, invalidArgument } from "./error";

/** The body of a request by its schema; throws the API's complaint about the first thing that is wrong. */
export function parseBody<T>(schema: v.GenericSchema<unknown, T>, request: MockRequest): T {
  const result = v.safeParse(schema, toCamelCase(readJson(request)));
  if (result.success) return result.output;
  throw complaint(result.issues[0]);
}

function readJson({ body }: MockRequest): unknown {
  // The API takes no body for an empty request.
  if (body === null) return {};
  const read = readJsonBody(body);
  if ("json" in read) return read.json;
  const problem = read.problem === "depth" ? "It is nested too deeply." : "It could not be parsed.";
  throw invalidArgument(`Invalid JSON payload received. ${problem}`);
}

const TYPES: Readonly<Record<string, string>> = {
  string: "TYPE_STRING",
  number: "TYPE_DOUBLE",
  integer: "TYPE_INT32",
  boolean: "TYPE_BOOL",
  picklist: "TYPE_ENUM",
};

function complaint(issue: v.BaseIssue<unknown>): Error {
  const field = pathOf(issue);
  const description =
    issue.received === "undefined"
      ? `Missing field '${field}'`
      : `Invalid value at '${field}' (${TYPES[issue.type] ?? "an object or a list of another form"}), ${show(issue.input)}`;
  return invalidArgument(description, [fieldViolation(field, description)]);
}

/** `contents[0].parts[1].text`. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => key);
  return keys.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index > 0 ? "." : ""}${key}`)).join("");
}

const LONGEST_SHOWN = 80;

function show(input: unknown): string {
  return (JSON.stringify(input) ?? String(input)).slice(0, LONGEST_SHOWN);
}
