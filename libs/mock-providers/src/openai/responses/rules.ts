import { badRequest } from "../error";
import { isReasoningModel } from "../models/models";
import { checkStrictSchema } from "../strict-schema";
import { textOf } from "./items";
import type { Item, ResponsesRequest } from "./schema";

/** Throws the first refusal of a request of the right types. `items` is its whole conversation. */
export function checkResponses(request: ResponsesRequest, items: readonly Item[]): void {
  if (items.length === 0) throw missing("input");
  checkTemperature(request);
  checkParts(request);
  checkTools(request);
  checkToolChoice(request);
  checkFormat(request, items);
}

function missing(path: string): Error {
  return badRequest(`Missing required parameter: '${path}'.`, path, "missing_required_parameter");
}

function checkTemperature({ model, temperature }: ResponsesRequest): void {
  if (!isReasoningModel(model) || temperature == null || temperature === 1) return;
  const message = "Unsupported parameter: 'temperature' is not supported with this model.";
  throw badRequest(message, "temperature", "unsupported_parameter");
}

const INPUT_PARTS = ["input_text", "input_image", "input_file", "input_audio"];
const OUTPUT_PARTS = ["output_text", "refusal"];

function checkParts({ input }: ResponsesRequest): void {
  if (typeof input === "string") return;
  for (const [index, { role, content }] of input.entries()) {
    if (role === undefined || typeof content === "string") continue;
    if (content == null) throw missing(`input[${index}].content`);
    const known = role === "assistant" ? OUTPUT_PARTS : INPUT_PARTS;
    const bad = content.findIndex(({ type }) => !known.includes(type));
    if (bad < 0) continue;
    const path = `input[${index}].content[${bad}]`;
    const supported = known.map((type) => `'${type}'`).join(", ");
    throw badRequest(
      `Invalid value: '${content[bad]?.type}'. Supported values are: ${supported}.`,
      path,
      "invalid_value",
    );
  }
}

function checkTools({ tools }: ResponsesRequest): void {
  for (const [index, { type, name, parameters, strict }] of (tools ?? []).entries()) {
    if (type !== "function") continue;
    if (name === undefined) throw missing(`tools[${index}].name`);
    if (strict !== true) continue;
    const place = {
      name: `function '${name}'`,
      param: `tools[${index}].parameters`,
      code: "invalid_function_parameters",
    };
    checkStrictSchema(parameters ?? { type: "object", additionalProperties: false }, place);
  }
}

function checkToolChoice({ tools, tool_choice: choice }: ResponsesRequest): void {
  if (typeof choice !== "object" || choice === null || choice.type !== "function") return;
  if ((tools ?? []).some(({ name }) => name !== undefined && name === choice.name)) return;
  const message = `Tool choice '${choice.name ?? "function"}' not found in 'tools' parameter.`;
  throw badRequest(message, "tool_choice");
}

function checkFormat({ text, instructions }: ResponsesRequest, items: readonly Item[]): void {
  const format = text?.format;
  if (
    format?.type === "json_object" &&
    ![instructions ?? "", ...items.map(({ content }) => textOf(content))].some((said) => /json/i.test(said))
  ) {
    const message =
      "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.";
    throw badRequest(message, "input");
  }
  if (format?.type !== "json_schema") return;
  if (format.name === undefined) throw missing("text.format.name");
  if (format.schema === undefined) throw missing("text.format.schema");
  if (format.strict === false) return;
  checkStrictSchema(format.schema, {
    name: `response_format '${format.name}'`,
    param: "text.format.schema",
    code: "invalid_json_schema",
  });
}
