import { invalidArgument } from "./error";
import type { Content, GenerateRequest, Part } from "./schema";

type Rule = (request: GenerateRequest) => void;

/** What the API checks beyond types, in its order. Each rule throws its refusal. */
const RULES: readonly Rule[] = [
  checkContents,
  checkFunctionTurns,
  checkFunctions,
  checkCalling,
  checkLimits,
  checkOutput,
];

/** Throws the first refusal of a request of the right types. */
export function checkGenerate(request: GenerateRequest): void {
  for (const rule of RULES) rule(request);
}

function at(field: string, problem: string): Error {
  return invalidArgument(`* GenerateContentRequest.${field}: ${problem}\n`);
}

const ROLES = ["user", "model", "function"];

function checkContents({ contents }: GenerateRequest): void {
  if (contents.length === 0) throw at("contents", "contents is not specified");
  for (const [index, { role, parts }] of contents.entries()) {
    if (role != null && !ROLES.includes(role)) throw invalidArgument("Please use a valid role: user, model.");
    if (parts.length === 0) throw at(`contents[${index}].parts`, "contents.parts must not be empty.");
    const empty = parts.findIndex((part) => !hasData(part));
    if (empty < 0) continue;
    throw at(`contents[${index}].parts[${empty}].data`, "required oneof field 'data' must have one initialized field");
  }
}

/** Fields that say something about a part without being its content. */
const MARKS = ["thought", "thoughtSignature", "videoMetadata", "partMetadata"];

function hasData(part: Part): boolean {
  return Object.entries(part).some(([key, value]) => value != null && !MARKS.includes(key));
}

function count(content: Content | undefined, kind: "functionCall" | "functionResponse"): number {
  return (content?.parts ?? []).filter((part) => part[kind] !== undefined).length;
}

function checkFunctionTurns({ contents }: GenerateRequest): void {
  for (const [index, content] of contents.entries()) {
    const responses = count(content, "functionResponse");
    const before = count(contents[index - 1], "functionCall");
    if (responses > 0 && before === 0) {
      throw invalidArgument("Please ensure that function response turn comes immediately after a function call turn.");
    }
    if (before > 0 && responses !== before) {
      throw invalidArgument(
        "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
      );
    }
  }
}

const FUNCTION_NAME = /^[a-zA-Z_][\w.:-]{0,63}$/;

function checkFunctions({ tools }: GenerateRequest): void {
  const seen = new Set<string>();
  for (const [index, tool] of (tools ?? []).entries()) {
    for (const [place, { name, parameters, parametersJsonSchema }] of (tool.functionDeclarations ?? []).entries()) {
      const field = `tools[${index}].function_declarations[${place}]`;
      if (!FUNCTION_NAME.test(name)) {
        throw at(
          `${field}.name`,
          "Invalid function name. It must start with a letter or an underscore, at most 64 characters.",
        );
      }
      if (parameters != null && parametersJsonSchema != null) {
        throw at(`${field}.parameters`, "parameters and parameters_json_schema must not both be set.");
      }
      if (seen.has(name)) throw invalidArgument(`Duplicate function declaration found: ${name}`);
      seen.add(name);
    }
  }
}

function checkCalling({ tools, toolConfig }: GenerateRequest): void {
  const config = toolConfig?.functionCallingConfig;
  if (config?.mode !== "ANY") return;
  const names = (tools ?? []).flatMap(({ functionDeclarations: offered }) => (offered ?? []).map(({ name }) => name));
  if (names.length === 0) throw invalidArgument("Function calling config is set without function_declarations.");
  const unknown = (config.allowedFunctionNames ?? []).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw invalidArgument(`Allowed function name ${unknown} is not among the function_declarations.`);
  }
}

const MOST_STOPS = 5;
const MOST_CANDIDATES = 8;

function checkLimits({ generationConfig: config }: GenerateRequest): void {
  const { temperature, maxOutputTokens, candidateCount, stopSequences } = config ?? {};
  if (temperature != null && (temperature < 0 || temperature > 2)) {
    throw at("generation_config.temperature", "temperature must be in the range [0.0, 2.0].");
  }
  if (maxOutputTokens != null && maxOutputTokens < 1) {
    throw at("generation_config.max_output_tokens", "max_output_tokens must be positive.");
  }
  if (candidateCount != null && (candidateCount < 1 || candidateCount > MOST_CANDIDATES)) {
    throw at("generation_config.candidate_count", `candidate_count must be in the range [1, ${MOST_CANDIDATES}].`);
  }
  if ((stopSequences ?? []).length > MOST_STOPS) {
    throw at("generation_config.stop_sequences", `at most ${MOST_STOPS} stop sequences are allowed.`);
  }
}

const MIME_TYPES = ["text/plain", "application/json", "text/x.enum"];

function checkOutput({ generationConfig: config }: GenerateRequest): void {
  const mime = config?.responseMimeType ?? "text/plain";
  if (!MIME_TYPES.includes(mime)) {
    throw at("generation_config.response_mime_type", `allowed mimetypes are ${MIME_TYPES.join(", ")}.`);
  }
  const schemas = [config?.responseSchema, config?.responseJsonSchema, config?._responseJsonSchema];
  if (mime === "text/plain" && schemas.some((schema) => schema != null)) {
    throw at(
      "generation_config.response_schema",
      "a schema is only allowed with a response_mime_type of JSON or enum.",
    );
  }
}
