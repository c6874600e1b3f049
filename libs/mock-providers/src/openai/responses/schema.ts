import * as v from "valibot";
import { Flag, JsonObject, Metadata, ModelName, Share, Temperature, Text, textOrList } from "../schema";

const PartSchema = v.looseObject({
  type: v.string(),
  text: v.optional(v.string()),
  refusal: v.optional(v.string()),
  image_url: v.nullish(v.string()),
  detail: Text,
});
export type Part = v.InferOutput<typeof PartSchema>;

/** An item of a conversation; which fields there are depends on `type`. Items of other types pass as they are. */
const ItemSchema = v.looseObject({
  type: v.optional(v.string()),
  id: Text,
  role: v.optional(v.picklist(["assistant", "system", "developer", "user"])),
  content: v.nullish(textOrList(PartSchema)),
  call_id: v.optional(v.string()),
  name: v.optional(v.string()),
  arguments: v.optional(v.string()),
  output: v.optional(textOrList(PartSchema)),
});
export type Item = v.InferOutput<typeof ItemSchema>;

const ToolSchema = v.looseObject({
  type: v.string(),
  name: v.optional(v.string()),
  description: Text,
  parameters: v.nullish(JsonObject),
  strict: Flag,
});

const ForcedToolSchema = v.looseObject({
  type: v.string(),
  name: v.optional(v.string()),
  mode: v.optional(v.picklist(["auto", "required"])),
  tools: v.optional(v.array(v.looseObject({ name: v.optional(v.string()) }))),
});

const FormatSchema = v.looseObject({
  type: v.picklist(["text", "json_schema", "json_object"]),
  name: v.optional(v.string()),
  schema: v.optional(JsonObject),
  strict: Flag,
});

/** The least that `max_output_tokens` may be. */
const LEAST_OUTPUT = 16;

/** The body of POST /v1/responses. */
export const ResponsesSchema = v.looseObject({
  model: ModelName,
  input: v.optional(textOrList(ItemSchema), ""),
  instructions: Text,
  previous_response_id: Text,
  stream: Flag,
  store: Flag,
  include: v.nullish(v.array(v.string())),
  tools: v.nullish(v.array(ToolSchema)),
  tool_choice: v.nullish(
    v.lazy((input) => (typeof input === "object" ? ForcedToolSchema : v.picklist(["none", "auto", "required"]))),
  ),
  parallel_tool_calls: Flag,
  max_output_tokens: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(LEAST_OUTPUT))),
  temperature: Temperature,
  top_p: Share,
  reasoning: v.nullish(v.looseObject({ effort: Text, summary: Text })),
  text: v.nullish(v.looseObject({ format: v.nullish(FormatSchema), verbosity: Text })),
  metadata: Metadata,
});
export type ResponsesRequest = v.InferOutput<typeof ResponsesSchema>;
