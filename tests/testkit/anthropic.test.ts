import Anthropic from "@anthropic-ai/sdk";
import { createMockFetch, instantClock } from "@tracebook/mock-providers";
import { createAnthropic } from "@tracebook/mock-providers/anthropic";
import { tracedAnthropic } from "mlflow-anthropic";
import { type Call, defineTestkitSuite, type ExpectedSpan, type Integration } from "mlflow-testkit";
import type { TokenUsage } from "mlflow-tracing";
import { describe, it } from "vitest";
import {
  ANSWER,
  CHAT_TOOL,
  PARAMETERS,
  PROMISE_HELPERS,
  QUESTION,
  SCRIPT,
  STREAM_HELPERS,
  TOOL_DESCRIPTION,
  TOOL_NAME,
  TOOL_QUESTION,
} from "./questions";

type Request = Anthropic.MessageCreateParamsNonStreaming;
type Streaming = Anthropic.MessageCreateParamsStreaming;
type MessageStream = ReturnType<Anthropic.Messages["stream"]>;

const MODEL = "claude-sonnet-5";
const ask = (content: string) => ({ model: MODEL, max_tokens: 256, messages: [{ role: "user" as const, content }] });
const tools = [{ name: TOOL_NAME, description: TOOL_DESCRIPTION, input_schema: PARAMETERS }];

function toUsage({ input_tokens, output_tokens, ...rest }: Anthropic.Usage): TokenUsage {
  const usage: TokenUsage = { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens };
  if (rest.cache_read_input_tokens !== null) usage.cache_read_input_tokens = rest.cache_read_input_tokens;
  if (rest.cache_creation_input_tokens !== null) usage.cache_creation_input_tokens = rest.cache_creation_input_tokens;
  const hour = rest.cache_creation?.ephemeral_1h_input_tokens;
  if (hour !== undefined) usage.cache_creation_input_tokens_above_1hr = hour;
  return usage;
}

/** The last event has the totals; it leaves out what the first one said and stands. */
function toStreamedUsage(events: readonly Anthropic.RawMessageStreamEvent[]): TokenUsage {
  const start = events.find((event) => event.type === "message_start");
  const end = events.find((event) => event.type === "message_delta");
  if (!start || !end) throw new Error("the stream has no usage");
  const counts = Object.entries(end.usage).filter(([, count]) => count !== null);
  return toUsage({ ...start.message.usage, ...Object.fromEntries(counts) });
}

const EXPECT: ExpectedSpan = {
  name: "Messages",
  spanType: "LLM",
  model: MODEL,
  provider: "anthropic",
  messageFormat: "anthropic",
  usage: (result) => toUsage((result as Anthropic.Message).usage),
};
const STREAMED: ExpectedSpan = {
  ...EXPECT,
  usage: (result) => toStreamedUsage(result as Anthropic.RawMessageStreamEvent[]),
};

const calls: Call<Anthropic>[] = [
  {
    name: "messages.create",
    kind: "plain",
    request: ask(QUESTION),
    start: (client, request, options) => client.messages.create(request as Request, options),
    text: ANSWER,
    expect: EXPECT,
    helpers: PROMISE_HELPERS,
  },
  {
    name: "messages.create, with tools",
    kind: "plain",
    request: { ...ask(TOOL_QUESTION), tools },
    start: (client, request, options) => client.messages.create(request as Request, options),
    text: TOOL_NAME,
    expect: { ...EXPECT, attributes: { "mlflow.chat.tools": [CHAT_TOOL] } },
  },
  {
    name: "messages.create, streamed",
    kind: "stream",
    request: { ...ask(QUESTION), stream: true },
    start: (client, request, options) => client.messages.create(request as Streaming, options),
    text: ANSWER,
    expect: STREAMED,
    helpers: STREAM_HELPERS,
  },
  {
    name: "messages.stream",
    kind: "stream",
    request: ask(QUESTION),
    start: (client, request, options) => client.messages.stream(request as Request, options),
    text: ANSWER,
    expect: STREAMED,
    helpers: {
      finalMessage: { use: (returned) => (returned as MessageStream).finalMessage() },
      finalText: { use: (returned) => (returned as MessageStream).finalText() },
      done: { use: (returned) => (returned as MessageStream).done() },
      events: {
        use: async (returned) => {
          const pieces: string[] = [];
          await (returned as MessageStream).on("text", (piece: string) => pieces.push(piece)).done();
          return pieces;
        },
      },
    },
  },
];

const anthropic: Integration<Anthropic> = {
  name: "mlflow-anthropic",
  createFetch: () => createMockFetch({ services: [createAnthropic({ script: SCRIPT })], clock: instantClock }),
  createClient: ({ fetch, apiKey }) => new Anthropic({ fetch, apiKey, maxRetries: 0 }),
  wrap: tracedAnthropic,
  errorReply: (status, message) => {
    const type = status === 429 ? "rate_limit_error" : "invalid_request_error";
    return Response.json({ type: "error", error: { type, message } }, { status });
  },
  untraced: [
    {
      name: "messages.countTokens",
      start: (client) => client.messages.countTokens({ model: MODEL, messages: ask(QUESTION).messages }),
    },
  ],
  calls,
};

defineTestkitSuite(anthropic, { describe, it });
