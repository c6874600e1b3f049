import { createOpenAI as createProvider, type OpenAIProvider } from "@ai-sdk/openai";
import { createMockFetch, instantClock } from "@tracebook/mock-providers";
import { createOpenAI } from "@tracebook/mock-providers/openai";
import { embed, generateText, jsonSchema, type LanguageModelUsage, streamText, tool } from "ai";
import { type Call, defineTestkitSuite, type ExpectedSpan, type Integration } from "mlflow-testkit";
import type { TokenUsage } from "mlflow-tracing";
import { registerVercelTracing } from "mlflow-vercel";
import { describe, it } from "vitest";
import {
  ANSWER,
  CHAT_TOOL,
  PARAMETERS,
  QUESTION,
  SCRIPT,
  TOOL_DESCRIPTION,
  TOOL_NAME,
  TOOL_QUESTION,
} from "./questions";

registerVercelTracing();

interface Connection {
  readonly provider: OpenAIProvider;
  readonly experimental_telemetry: { isEnabled: boolean };
}
interface Asked {
  prompt: string;
}
type Result = Awaited<ReturnType<typeof generateText>>;
type Stream = ReturnType<typeof streamText>;

const MODEL = "gpt-4o-mini";
const settings = ({ provider, experimental_telemetry }: Connection, signal: AbortSignal | undefined) => ({
  model: provider.chat(MODEL),
  experimental_telemetry,
  maxRetries: 0,
  ...(signal ? { abortSignal: signal } : {}),
});
const weather = tool({
  description: TOOL_DESCRIPTION,
  inputSchema: jsonSchema({ ...PARAMETERS, properties: { city: { type: "string" } } }),
});

function toUsage({ inputTokens = 0, outputTokens = 0, cachedInputTokens }: LanguageModelUsage): TokenUsage {
  const tokens = { input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: inputTokens + outputTokens };
  return cachedInputTokens === undefined ? tokens : { ...tokens, cache_read_input_tokens: cachedInputTokens };
}

function expectCall(name: string, request: string, usage: ExpectedSpan["usage"]): ExpectedSpan {
  const common = { spanType: "LLM", model: MODEL, provider: "openai.chat", ...(usage ? { usage } : {}) };
  return { ...common, name, children: [{ ...common, name: request, messageFormat: "vercel_ai" }] };
}

const GENERATE = expectCall("ai.generateText", "ai.generateText.doGenerate", (result) =>
  toUsage((result as Result).usage),
);
const STREAM = expectCall("ai.streamText", "ai.streamText.doStream", (result) => {
  const end = (result as { type: string; totalUsage?: LanguageModelUsage }[]).find(({ type }) => type === "finish");
  if (!end?.totalUsage) throw new Error("the stream has no usage");
  return toUsage(end.totalUsage);
});

const calls: Call<Connection>[] = [
  {
    name: "generateText",
    kind: "plain",
    request: { prompt: QUESTION },
    start: (connection, request, { signal }) =>
      generateText({ ...settings(connection, signal), prompt: (request as Asked).prompt }),
    text: ANSWER,
    expect: { ...GENERATE, outputs: (result) => (result as Result).text },
  },
  {
    name: "generateText, with tools",
    kind: "plain",
    request: { prompt: TOOL_QUESTION },
    start: (connection, request, { signal }) =>
      generateText({
        ...settings(connection, signal),
        prompt: (request as Asked).prompt,
        tools: { [TOOL_NAME]: weather },
      }),
    text: TOOL_NAME,
    expect: {
      ...GENERATE,
      outputs: (result) =>
        (result as Result).toolCalls.map(({ toolCallId, toolName, input }) => ({
          toolCallId,
          toolName,
          input: JSON.stringify(input),
        })),
      children: (GENERATE.children ?? []).map((child) => ({
        ...child,
        attributes: { "mlflow.chat.tools": [CHAT_TOOL] },
      })),
    },
  },
  {
    name: "streamText",
    kind: "stream",
    request: { prompt: QUESTION },
    start: (connection, request, { signal }) =>
      streamText({ ...settings(connection, signal), prompt: (request as Asked).prompt, onError: () => {} }),
    read: (returned) => (returned as Stream).fullStream,
    text: ANSWER,
    expect: { ...STREAM, outputs: () => ANSWER },
    helpers: { text: { use: async (returned) => (returned as Stream).text } },
  },
  {
    name: "embed",
    kind: "plain",
    request: { value: QUESTION },
    start: ({ provider, experimental_telemetry }, request, { signal }) =>
      embed({
        model: provider.embedding("text-embedding-3-small"),
        value: (request as { value: string }).value,
        experimental_telemetry,
        maxRetries: 0,
        ...(signal ? { abortSignal: signal } : {}),
      }),
    expect: {
      name: "ai.embed",
      spanType: "EMBEDDING",
      model: "text-embedding-3-small",
      inputs: () => QUESTION,
      outputs: (result) => (result as { embedding: number[] }).embedding,
      children: [{ name: "ai.embed.doEmbed", spanType: "EMBEDDING" }],
    },
  },
];

/** Results have the moment at which they came, in `response`, and ids of their own. */
function comparable(value: unknown): unknown {
  const { text, toolCalls, usage, finishReason, embedding } = Object(value);
  if (!Array.isArray(value))
    return typeof value === "object" ? { text, toolCalls, usage, finishReason, embedding } : value;
  return value.map(({ type, text: piece, totalUsage }) => ({ type, piece, totalUsage }));
}

const UNENDED = "the AI SDK ends the spans of streamText only when the stream has come to its regular end";

const vercel: Integration<Connection> = {
  name: "mlflow-vercel",
  createFetch: () => createMockFetch({ services: [createOpenAI({ script: SCRIPT })], clock: instantClock }),
  createClient: ({ fetch, apiKey, traced }) => ({
    provider: createProvider({ fetch, apiKey }),
    experimental_telemetry: { isEnabled: traced },
  }),
  comparable,
  skip: {
    "stream-left-early": UNENDED,
    "stream-cut": UNENDED,
    "stream-aborted": UNENDED,
  },
  calls,
};

defineTestkitSuite(vercel, { describe, it });
