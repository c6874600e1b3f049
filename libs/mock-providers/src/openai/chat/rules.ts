import { badRequest } from "../error";
import { isReasoningModel } from "../models/models";
import { checkStrictSchema } from "../strict-schema";
import type { ChatRequest, Message } from "./schema";
import { partsOf, textOf } from "./turns";

type Rule = (request: ChatRequest) => void;

/** What the API checks beyond types, in its order. Each rule throws its refusal. */
const RULES: readonly Rule[] = [
  checkReasoningLimits,
  ({ messages }) => messages.forEach(checkContent),
  ({ messages }) => messages.forEach(checkCallsAnswered),
  ({ messages }) => messages.forEach(checkToolMessage),
  checkTools,
  checkToolChoice,
  checkResponseFormat,
];

/** Throws the first refusal of a request of the right types. */
export function checkChat(request: ChatRequest): void {
  for (const rule of RULES) rule(request);
}

function checkReasoningLimits({ model, max_tokens: limit, temperature }: ChatRequest): void {
  if (!isReasoningModel(model)) return;
  if (limit != null) {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    throw badRequest(message, "max_tokens", "unsupported_parameter");
  }
  if (temperature != null && temperature !== 1) {
    const message = `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`;
    throw badRequest(message, "temperature", "unsupported_value");
  }
}

function checkContent(message: Message, index: number): void {
  const optional = message.role === "assistant" || message.role === "function";
  if (message.content == null && !(optional && hasSomething(message))) {
    const message = "Invalid value for 'content': expected a string, got null.";
    throw badRequest(message, `messages.[${index}].content`);
  }
  for (const [place, part] of partsOf(message.content).entries()) {
    const path = `messages[${index}].content[${place}]`;
    if (part.type === "text" && part.text === undefined) throw missing(`${path}.text`);
    if (part.type === "image_url") checkImage(part.image_url?.url, path);
  }
}

function hasSomething({ role, tool_calls: calls, refusal }: Message): boolean {
  return role === "function" || (calls ?? []).length > 0 || refusal != null;
}

function checkImage(url: string | undefined, path: string): void {
  if (url === undefined) throw missing(`${path}.image_url`);
  if (/^https?:\/\/\S+$/.test(url) || /^data:image\/[\w.+-]+;base64,[\w+/=-]+$/.test(url)) return;
  throw badRequest(
    "Invalid image URL: expected an http(s) address or base64 data of an image.",
    "url",
    "invalid_image_url",
  );
}

function missing(path: string): Error {
  return badRequest(`Missing required parameter: '${path}'.`, path, "missing_required_parameter");
}

function callIds({ tool_calls: calls }: Message): string[] {
  return (calls ?? []).map(({ id }) => id);
}

/** The answers that directly follow a message. */
function answersAfter(index: number, all: readonly Message[]): (string | undefined)[] {
  const rest = all.slice(index + 1);
  const end = rest.findIndex(({ role }) => role !== "tool");
  return rest.slice(0, end < 0 ? rest.length : end).map(({ tool_call_id: id }) => id);
}

function checkCallsAnswered(message: Message, index: number, all: readonly Message[]): void {
  const answered = answersAfter(index, all);
  const open = callIds(message).filter((id) => !answered.includes(id));
  if (open.length === 0) return;
  const text = `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${open.join(", ")}`;
  throw badRequest(text, "messages");
}

function checkToolMessage(message: Message, index: number, all: readonly Message[]): void {
  if (message.role !== "tool") return;
  if (message.tool_call_id === undefined) throw missing(`messages[${index}].tool_call_id`);
  const caller = all.slice(0, index).findLast(({ role }) => role !== "tool");
  if (caller && callIds(caller).includes(message.tool_call_id)) return;
  // The misspelling is the API's: programs match on it.
  const text =
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
  throw badRequest(text, `messages.[${index}].role`);
}

const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;

function checkTools({ tools }: ChatRequest): void {
  for (const [index, { type, function: offered }] of (tools ?? []).entries()) {
    if (type !== "function") continue;
    const path = `tools[${index}].function`;
    if (!offered) throw missing(path);
    if (!TOOL_NAME.test(offered.name)) {
      const message = `Invalid '${path}.name': string does not match pattern. Expected a string that matches the pattern '${TOOL_NAME.source}'.`;
      throw badRequest(message, `${path}.name`, "invalid_value");
    }
    if (offered.strict !== true) continue;
    const place = {
      name: `function '${offered.name}'`,
      param: `${path}.parameters`,
      code: "invalid_function_parameters",
    };
    checkStrictSchema(offered.parameters ?? { type: "object", additionalProperties: false }, place);
  }
}

function checkToolChoice({ tools, tool_choice: choice }: ChatRequest): void {
  if (choice == null || choice === "none") return;
  if (!tools)
    throw badRequest(
      "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
      "tool_choice",
    );
  const name = typeof choice === "object" ? choice.function?.name : undefined;
  if (name === undefined || tools.some((tool) => tool.function?.name === name)) return;
  throw badRequest(
    `Invalid value for 'tool_choice': no function named '${name}' was specified in the 'tools' parameter.`,
    "tool_choice",
  );
}

function checkResponseFormat({ response_format: format, messages }: ChatRequest): void {
  if (format?.type === "json_object" && !messages.some(({ content }) => /json/i.test(textOf(content)))) {
    const message =
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.";
    throw badRequest(message, "messages");
  }
  if (format?.type !== "json_schema") return;
  if (!format.json_schema) throw missing("response_format.json_schema");
  const { name, schema, strict } = format.json_schema;
  if (strict === true) checkStrictSchema(schema, { name: `response_format '${name}'`, param: "response_format" });
}
