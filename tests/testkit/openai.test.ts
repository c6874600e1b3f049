import { createMockFetch, instantClock } from "@tracebook/mock-providers";
import { createOpenAI } from "@tracebook/mock-providers/openai";
import { tracedOpenAI } from "mlflow-openai";
import { type Call, defineTestkitSuite, type ExpectedSpan, type Integration } from "mlflow-testkit";
import type { TokenUsage } from "mlflow-tracing";
import OpenAI from "openai";
import { describe, it } from "vitest";
import {
  ANSWER,
  CHAT_TOOL,
  PROMISE_HELPERS,
  QUESTION,
  SCRIPT,
  STREAM_HELPERS,
  TOOL_NAME,
  TOOL_QUESTION,
} from "./questions";

type Chat = OpenAI.ChatCompletionCreateParamsNonStreaming;
type ChatStreaming = OpenAI.ChatCompletionCreateParamsStreaming;
type Responses = OpenAI.Responses.ResponseCreateParamsNonStreaming;
type ResponsesStreaming = OpenAI.Responses.ResponseCreateParamsStreaming;
type ChatStream = ReturnType<OpenAI.Chat.Completions["stream"]>;
type ResponsesStream = Parameters<OpenAI.Responses["stream"]>[0];
type ResponseStream = ReturnType<OpenAI.Responses["stream"]>;

const MODEL = "gpt-4o-mini";
/** The version that answers to the model's name. */
const ANSWERS_AS = "gpt-4o-mini-2024-07-18";
const ask = (content: string) => ({ model: MODEL, messages: [{ role: "user" as const, content }] });
const streamOptions = { stream_options: { include_usage: true } };

function toUsage(usage: OpenAI.CompletionUsage | null | undefined): TokenUsage {
  if (!usage) throw new Error("the answer has no usage");
  const { prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details: details } = usage;
  const tokens: TokenUsage = { input_tokens: prompt_tokens, output_tokens: completion_tokens, total_tokens };
  if (details?.cached_tokens !== undefined) tokens.cache_read_input_tokens = details.cached_tokens;
  return tokens;
}

function toResponseUsage(usage: OpenAI.Responses.ResponseUsage | undefined): TokenUsage {
  if (!usage) throw new Error("the response has no usage");
  const { input_tokens, output_tokens, total_tokens, input_tokens_details } = usage;
  return { input_tokens, output_tokens, total_tokens, cache_read_input_tokens: input_tokens_details.cached_tokens };
}

function completed(events: readonly OpenAI.Responses.ResponseStreamEvent[]): OpenAI.Responses.Response {
  const end = events.find((event) => event.type === "response.completed");
  if (!end) throw new Error("the response was not completed");
  return end.response;
}

const EXPECT: ExpectedSpan = {
  name: "Completions",
  spanType: "LLM",
  model: ANSWERS_AS,
  messageFormat: "openai",
  usage: (result) => toUsage((result as OpenAI.ChatCompletion).usage),
};
const STREAMED: ExpectedSpan = {
  ...EXPECT,
  usage: (result) => toUsage((result as OpenAI.ChatCompletionChunk[]).find(({ usage }) => usage)?.usage),
};
const RESPONSE: ExpectedSpan = {
  ...EXPECT,
  name: "Responses",
  usage: (result) => toResponseUsage((result as OpenAI.Responses.Response).usage),
  // The client adds the text that it has put together.
  outputs: (result) => ({ ...(result as OpenAI.Responses.Response), output_text: undefined }),
};
const RESPONSE_STREAMED: ExpectedSpan = {
  ...RESPONSE,
  usage: (result) => toResponseUsage(completed(result as OpenAI.Responses.ResponseStreamEvent[]).usage),
  outputs: (result) => completed(result as OpenAI.Responses.ResponseStreamEvent[]),
};

const CHAT_CALLS: Call<OpenAI>[] = [
  {
    name: "chat.completions.create",
    kind: "plain",
    request: ask(QUESTION),
    start: (client, request, options) => client.chat.completions.create(request as Chat, options),
    text: ANSWER,
    expect: EXPECT,
    helpers: PROMISE_HELPERS,
  },
  {
    name: "chat.completions.create, with tools",
    kind: "plain",
    request: { ...ask(TOOL_QUESTION), tools: [CHAT_TOOL] },
    start: (client, request, options) => client.chat.completions.create(request as Chat, options),
    text: TOOL_NAME,
    expect: { ...EXPECT, attributes: { "mlflow.chat.tools": [CHAT_TOOL] } },
  },
  {
    name: "chat.completions.create, streamed",
    kind: "stream",
    request: { ...ask(QUESTION), ...streamOptions, stream: true },
    start: (client, request, options) => client.chat.completions.create(request as ChatStreaming, options),
    text: ANSWER,
    expect: STREAMED,
    helpers: STREAM_HELPERS,
  },
  {
    name: "chat.completions.stream",
    kind: "stream",
    request: { ...ask(QUESTION), ...streamOptions },
    start: (client, request, options) => client.chat.completions.stream(request as ChatStreaming, options),
    text: ANSWER,
    expect: { ...STREAMED, inputs: (request) => ({ ...(request as object), stream: true }) },
    helpers: { finalContent: { use: (returned) => (returned as ChatStream).finalContent() } },
  },
  {
    name: "chat.completions.parse",
    kind: "plain",
    request: ask(QUESTION),
    start: (client, request, options) => client.chat.completions.parse(request as Chat, options),
    text: ANSWER,
    expect: EXPECT,
  },
];

const OTHER_CALLS: Call<OpenAI>[] = [
  {
    name: "responses.create",
    kind: "plain",
    request: { model: MODEL, input: QUESTION },
    start: (client, request, options) => client.responses.create(request as Responses, options),
    text: ANSWER,
    expect: RESPONSE,
    helpers: PROMISE_HELPERS,
  },
  {
    name: "responses.create, streamed",
    kind: "stream",
    request: { model: MODEL, input: QUESTION, stream: true },
    start: (client, request, options) => client.responses.create(request as ResponsesStreaming, options),
    text: ANSWER,
    expect: RESPONSE_STREAMED,
    helpers: STREAM_HELPERS,
  },
  {
    name: "responses.stream",
    kind: "stream",
    request: { model: MODEL, input: QUESTION },
    start: (client, request, options) => client.responses.stream(request as ResponsesStream, options),
    text: ANSWER,
    expect: { ...RESPONSE_STREAMED, inputs: (request) => ({ ...(request as object), stream: true }) },
    helpers: { finalResponse: { use: (returned) => (returned as ResponseStream).finalResponse() } },
  },
  {
    name: "embeddings.create",
    kind: "plain",
    request: { model: "text-embedding-3-small", input: [QUESTION, ANSWER], dimensions: 8, encoding_format: "float" },
    start: (client, request, options) => client.embeddings.create(request as OpenAI.EmbeddingCreateParams, options),
    expect: { name: "Embeddings", spanType: "EMBEDDING", model: "text-embedding-3-small" },
    helpers: PROMISE_HELPERS,
  },
];

const openai: Integration<OpenAI> = {
  name: "mlflow-openai",
  createFetch: () => createMockFetch({ services: [createOpenAI({ script: SCRIPT })], clock: instantClock }),
  createClient: ({ fetch, apiKey }) => new OpenAI({ fetch, apiKey, maxRetries: 0 }),
  wrap: tracedOpenAI,
  untraced: [{ name: "models.retrieve", start: (client) => client.models.retrieve(MODEL) }],
  calls: [...CHAT_CALLS, ...OTHER_CALLS],
};

defineTestkitSuite(openai, { describe, it });
