import * as v from "valibot";

/** A content block; the fields depend on `type`. Blocks of types that are not listed here pass as they are. */
export interface Block {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly tool_use_id?: string;
  readonly is_error?: boolean;
  readonly content?: string | readonly Block[];
  readonly [key: string]: unknown;
}

const BLOCKS: Readonly<Record<string, v.GenericSchema<unknown, unknown>>> = {
  text: v.looseObject({ type: v.string(), text: v.string() }),
  image: v.looseObject({ type: v.string(), source: v.looseObject({ type: v.string() }) }),
  tool_use: v.looseObject({
    type: v.string(),
    id: v.string(),
    name: v.string(),
    input: v.record(v.string(), v.unknown()),
  }),
  tool_result: v.looseObject({
    type: v.string(),
    tool_use_id: v.string(),
    content: v.optional(v.lazy(() => ContentSchema)),
    is_error: v.nullish(v.boolean()),
  }),
};
const AnyBlockSchema = v.looseObject({ type: v.string() });

const BlockSchema = v.lazy((input) => {
  const type: unknown = typeof input === "object" && input !== null && "type" in input ? input.type : undefined;
  return typeof type === "string" && Object.hasOwn(BLOCKS, type) ? (BLOCKS[type] ?? AnyBlockSchema) : AnyBlockSchema;
}) as v.GenericSchema<unknown, Block>;

const ContentSchema: v.GenericSchema<unknown, string | Block[]> = v.lazy((input) =>
  typeof input === "string" ? v.string() : v.array(BlockSchema),
);

const MessageSchema = v.looseObject({ role: v.string(), content: ContentSchema });

const ToolSchema = v.looseObject({
  name: v.string(),
  /** Absent or `custom` for tools of the caller; server tools have types of their own and no schema. */
  type: v.nullish(v.string()),
  description: v.nullish(v.string()),
  input_schema: v.optional(v.looseObject({})),
});

const positive = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1, ({ input }) => `${input} is below the minimum of 1`),
);

const countedFields = {
  model: v.pipe(v.string(), v.minLength(1, "String should have at least 1 character")),
  messages: v.array(MessageSchema),
  system: v.nullish(ContentSchema),
  tools: v.nullish(v.array(ToolSchema)),
  tool_choice: v.nullish(
    v.looseObject({
      type: v.picklist(["auto", "any", "tool", "none"]),
      name: v.optional(v.string()),
      disable_parallel_tool_use: v.nullish(v.boolean()),
    }),
  ),
  thinking: v.nullish(v.looseObject({ type: v.string(), budget_tokens: v.nullish(v.pipe(v.number(), v.integer())) })),
  output_config: v.nullish(
    v.looseObject({ format: v.nullish(v.looseObject({ type: v.string(), schema: v.optional(v.unknown()) })) }),
  ),
};

/** The body of POST /v1/messages/count_tokens. */
export const CountTokensSchema = v.looseObject(countedFields);

/** The body of POST /v1/messages. Fields that are not listed pass unchecked, as the API grows faster than this. */
export const MessagesSchema = v.looseObject({
  ...countedFields,
  max_tokens: positive,
  stream: v.nullish(v.boolean()),
  stop_sequences: v.nullish(v.array(v.string())),
  temperature: v.nullish(v.number()),
  thread: v.nullish(
    v.looseObject({ type: v.picklist(["create", "continue"]), previous_message_id: v.optional(v.string()) }),
  ),
});

export type CountTokensRequest = v.InferOutput<typeof CountTokensSchema>;
export type MessagesRequest = v.InferOutput<typeof MessagesSchema>;
export type Message = CountTokensRequest["messages"][number];

const EXPECTED: Readonly<Record<string, string>> = {
  string: "Input should be a valid string",
  number: "Input should be a valid number",
  integer: "Input should be a valid integer",
  boolean: "Input should be a valid boolean",
  array: "Input should be a valid list",
  loose_object: "Input should be an object",
  record: "Input should be a valid dictionary",
};

/** Parses a body; a problem is one line in the API's words, e.g. `max_tokens: Field required`. */
export function parseBody<T>(schema: v.GenericSchema<unknown, T>, body: unknown): { body: T } | { problem: string } {
  const result = v.safeParse(schema, body);
  return result.success ? { body: result.output } : { problem: describeIssue(result.issues[0]) };
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const message = issue.received === "undefined" ? "Field required" : (EXPECTED[issue.type] ?? describeOther(issue));
  return path === null ? message : `${path}: ${message}`;
}

function describeOther(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== "picklist") return issue.message;
  return `Input should be ${(issue.expected ?? "").replace(/[()]/g, "").replaceAll('"', "'").replaceAll(" | ", ", ")}`;
}
