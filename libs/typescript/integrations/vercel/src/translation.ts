import { type Attributes, allOf, decode, firstCount, firstOf } from "./telemetry-values.js";

/** What a span of the AI SDK is in MLflow's terms; what the span does not say is left out. */
export interface Translation {
  /** Only for tool calls, which go by the name of their tool. */
  readonly name?: string;
  readonly spanType?: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly model?: string;
  readonly provider?: string;
  readonly messageFormat?: string;
  readonly usage?: TokenUsage;
}

/** Tokens as MLflow counts them; the total is input and output. */
export interface TokenUsage {
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  cache_read_input_tokens?: number;
  cache_creation_input_tokens?: number;
}

/** The attribute that tells the AI SDK's spans from all others. */
export const OPERATION = "ai.operationId";

/** The calls of a language model; their `.doGenerate` and `.doStream` are its requests. */
const CALLS = ["ai.generateText", "ai.streamText", "ai.generateObject", "ai.streamObject"];
const REQUESTS = ["ai.generateText.doGenerate", "ai.streamText.doStream", "ai.generateObject.doGenerate"];
const CHAT_REQUESTS: ReadonlySet<string> = new Set([...REQUESTS, "ai.streamObject.doStream"]);

const SPAN_TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...CALLS, ...CHAT_REQUESTS].map((operation) => [operation, "LLM"])),
  "ai.toolCall": "TOOL",
  "ai.embed": "EMBEDDING",
  "ai.embed.doEmbed": "EMBEDDING",
  "ai.embedMany": "EMBEDDING",
  "ai.embedMany.doEmbed": "EMBEDDING",
  "ai.rerank": "RERANKER",
  "ai.rerank.doRerank": "RERANKER",
};

const INPUTS = ["ai.prompt", "ai.toolCall.args", "ai.value", "ai.values", "ai.documents"];
const OUTPUTS = [
  "ai.response.text",
  "ai.toolCall.result",
  "ai.response.object",
  "ai.embedding",
  "ai.embeddings",
  "ai.response.toolCalls",
];
/** What a model wrote is text, also when it looks like JSON. */
const TEXTS: ReadonlySet<string> = new Set(["ai.response.text", "ai.response.reasoning"]);

const INPUT_TOKENS = ["gen_ai.usage.input_tokens", "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens"];
const OUTPUT_TOKENS = ["gen_ai.usage.output_tokens", "ai.usage.outputTokens", "ai.usage.completionTokens"];
const CACHE_READ = ["ai.usage.cachedInputTokens", "ai.usage.inputTokenDetails.cacheReadTokens"];
const CACHE_WRITE = ["ai.usage.inputTokenDetails.cacheWriteTokens"];

/** Translates the attributes of one span; `undefined` for a span that is not the AI SDK's. */
export function translate(attributes: Attributes): Translation | undefined {
  const operation = attributes[OPERATION];
  if (typeof operation !== "string") return undefined;
  const isRequest = CHAT_REQUESTS.has(operation);
  const usage = readUsage(attributes);
  return withoutUndefined({
    name: operation === "ai.toolCall" ? text(attributes, ["ai.toolCall.name"]) : undefined,
    spanType: SPAN_TYPES[operation],
    inputs: isRequest ? allOf(attributes, "ai.prompt.", decode) : single(attributes, INPUTS),
    outputs: isRequest ? allOf(attributes, "ai.response.", decodeOutput) : single(attributes, OUTPUTS),
    model: text(attributes, ["ai.model.id", "gen_ai.request.model", "gen_ai.response.model"]),
    provider: text(attributes, ["ai.model.provider", "gen_ai.system"]),
    messageFormat: isRequest ? "vercel_ai" : undefined,
    usage,
  });
}

function single(attributes: Attributes, keys: readonly string[]): unknown {
  const [key, value] = firstOf(attributes, keys) ?? [];
  return key === undefined ? undefined : decodeOutput(value, key);
}

function decodeOutput(value: unknown, key: string): unknown {
  return TEXTS.has(key) ? value : decode(value);
}

function text(attributes: Attributes, keys: readonly string[]): string | undefined {
  const [, value] = firstOf(attributes, keys) ?? [];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function readUsage(attributes: Attributes): TokenUsage | undefined {
  const input = firstCount(attributes, INPUT_TOKENS);
  const output = firstCount(attributes, OUTPUT_TOKENS);
  if (input === undefined && output === undefined) return undefined;
  return withoutUndefined({
    input_tokens: input ?? 0,
    output_tokens: output ?? 0,
    total_tokens: (input ?? 0) + (output ?? 0),
    cache_read_input_tokens: firstCount(attributes, CACHE_READ),
    cache_creation_input_tokens: firstCount(attributes, CACHE_WRITE),
  });
}

function withoutUndefined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
