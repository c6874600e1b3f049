import * as v from "valibot";
import {
  Flag,
  Integer,
  JsonObject,
  Metadata,
  ModelName,
  Penalty,
  Positive,
  Share,
  Stop,
  Temperature,
  Text,
  textOrList,
} from "../schema";

/** A part of a message; which fields there are depends on `type`. Parts of other types pass as they are. */
const PartSchema = v.looseObject({
  type: v.string(),
  text: v.optional(v.string()),
  refusal: v.optional(v.string()),
  image_url: v.optional(v.looseObject({ url: v.string(), detail: v.nullish(v.picklist(["auto", "low", "high"])) })),
});
export type Part = v.InferOutput<typeof PartSchema>;

const ToolCallSchema = v.looseObject({
  id: v.string(),
  type: v.optional(v.string()),
  function: v.optional(v.looseObject({ name: v.string(), arguments: v.string() })),
});

const MessageSchema = v.looseObject({
  role: v.picklist(["system", "assistant", "user", "function", "tool", "developer"]),
  content: v.nullish(textOrList(PartSchema)),
  refusal: Text,
  tool_calls: v.nullish(v.array(ToolCallSchema)),
  tool_call_id: v.optional(v.string()),
  name: v.optional(v.string()),
});
export type Message = v.InferOutput<typeof MessageSchema>;

const ToolSchema = v.looseObject({
  type: v.picklist(["function", "custom"]),
  function: v.optional(
    v.looseObject({ name: v.string(), description: Text, parameters: v.nullish(JsonObject), strict: Flag }),
  ),
});

const ForcedToolSchema = v.looseObject({
  type: v.string(),
  function: v.optional(v.looseObject({ name: v.string() })),
  allowed_tools: v.optional(
    v.looseObject({ mode: v.picklist(["auto", "required"]), tools: v.array(v.looseObject({})) }),
  ),
});

const ResponseFormatSchema = v.looseObject({
  type: v.picklist(["json_object", "json_schema", "text"]),
  json_schema: v.optional(
    v.looseObject({ name: v.string(), schema: v.optional(JsonObject), strict: Flag, description: Text }),
  ),
});

/** The body of POST /v1/chat/completions. */
export const ChatSchema = v.looseObject({
  model: ModelName,
  messages: v.pipe(v.array(MessageSchema), v.minLength(1)),
  stream: Flag,
  stream_options: v.nullish(v.looseObject({ include_usage: Flag })),
  tools: v.nullish(v.pipe(v.array(ToolSchema), v.minLength(1), v.maxLength(128))),
  tool_choice: v.nullish(
    v.lazy((input) => (typeof input === "object" ? ForcedToolSchema : v.picklist(["none", "auto", "required"]))),
  ),
  parallel_tool_calls: Flag,
  response_format: v.nullish(ResponseFormatSchema),
  n: v.nullish(v.pipe(Positive, v.maxValue(128))),
  stop: Stop,
  max_tokens: v.nullish(Positive),
  max_completion_tokens: v.nullish(Positive),
  temperature: Temperature,
  top_p: Share,
  presence_penalty: Penalty,
  frequency_penalty: Penalty,
  reasoning_effort: Text,
  seed: v.nullish(Integer),
  metadata: Metadata,
});
export type ChatRequest = v.InferOutput<typeof ChatSchema>;
