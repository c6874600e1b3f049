import {
  type EmbedContentParameters,
  type GenerateContentParameters,
  type GenerateContentResponse,
  GoogleGenAI,
} from "@google/genai";
import { createMockFetch, instantClock } from "@tracebook/mock-providers";
import { createGemini } from "@tracebook/mock-providers/gemini";
import { tracedGemini } from "mlflow-gemini";
import { type Call, type CallOptions, defineTestkitSuite, type ExpectedSpan, type Integration } from "mlflow-testkit";
import type { TokenUsage } from "mlflow-tracing";
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

const MODEL = "gemini-2.5-flash";
const DECLARATION = { name: TOOL_NAME, description: TOOL_DESCRIPTION, parametersJsonSchema: PARAMETERS };

function toUsage({ usageMetadata: usage }: GenerateContentResponse): TokenUsage {
  const { promptTokenCount = 0, candidatesTokenCount = 0, totalTokenCount = 0, cachedContentTokenCount } = usage ?? {};
  const tokens = { input_tokens: promptTokenCount, output_tokens: candidatesTokenCount, total_tokens: totalTokenCount };
  return cachedContentTokenCount === undefined
    ? tokens
    : { ...tokens, cache_read_input_tokens: cachedContentTokenCount };
}

/** Adds the signal to a request whose `config` is its own copy. */
function withSignal<T extends { config?: object }>(request: unknown, { signal }: CallOptions): T {
  const own = request as T;
  return signal ? { ...own, config: { ...own.config, abortSignal: signal } } : own;
}

/** The client adds the HTTP answer, with its headers, to what the API gave. */
function withoutHttp(response: unknown): unknown {
  const { sdkHttpResponse: _, ...rest } = response as GenerateContentResponse;
  return rest;
}

const EXPECT: ExpectedSpan = {
  name: "generateContent",
  spanType: "LLM",
  model: MODEL,
  provider: "gemini",
  messageFormat: "gemini",
  outputs: withoutHttp,
  usage: (result) => toUsage(result as GenerateContentResponse),
};
const { outputs: _, ...WITHOUT_OUTPUTS } = EXPECT;

const calls: Call<GoogleGenAI>[] = [
  {
    name: "models.generateContent",
    kind: "plain",
    request: { model: MODEL, contents: QUESTION, config: { temperature: 0.5 } },
    start: (client, request, options) =>
      client.models.generateContent(withSignal<GenerateContentParameters>(request, options)),
    text: ANSWER,
    expect: EXPECT,
  },
  {
    name: "models.generateContent, with tools",
    kind: "plain",
    request: { model: MODEL, contents: TOOL_QUESTION, config: { tools: [{ functionDeclarations: [DECLARATION] }] } },
    start: (client, request, options) =>
      client.models.generateContent(withSignal<GenerateContentParameters>(request, options)),
    text: TOOL_NAME,
    expect: { ...EXPECT, attributes: { "mlflow.chat.tools": [CHAT_TOOL] } },
  },
  {
    name: "models.generateContentStream",
    kind: "stream",
    request: { model: MODEL, contents: [{ role: "user", parts: [{ text: QUESTION }] }], config: { temperature: 0.5 } },
    start: (client, request, options) =>
      client.models.generateContentStream(withSignal<GenerateContentParameters>(request, options)),
    text: ANSWER,
    expect: {
      ...WITHOUT_OUTPUTS,
      name: "generateContentStream",
      usage: (result) => toUsage((result as GenerateContentResponse[]).at(-1) as GenerateContentResponse),
    },
  },
  {
    name: "chats.sendMessage",
    kind: "plain",
    request: { message: QUESTION },
    start: (client, request, { signal }) => {
      const chat = client.chats.create({ model: MODEL, config: { temperature: 0.5 } });
      const { message } = request as { message: string };
      return chat.sendMessage(signal ? { message, config: { abortSignal: signal } } : { message });
    },
    text: ANSWER,
    expect: {
      ...EXPECT,
      inputs: () => ({
        model: MODEL,
        contents: [{ role: "user", parts: [{ text: QUESTION }] }],
        config: { temperature: 0.5 },
      }),
    },
  },
  {
    name: "models.embedContent",
    kind: "plain",
    request: { model: "gemini-embedding-001", contents: QUESTION, config: { outputDimensionality: 8 } },
    start: (client, request, options) =>
      client.models.embedContent(withSignal<EmbedContentParameters>(request, options)),
    expect: {
      name: "embedContent",
      spanType: "EMBEDDING",
      model: "gemini-embedding-001",
      outputs: withoutHttp,
      usage: "none",
    },
  },
];

const gemini: Integration<GoogleGenAI> = {
  name: "mlflow-gemini",
  createFetch: () => createMockFetch({ services: [createGemini({ script: SCRIPT })], clock: instantClock }),
  createClient: ({ fetch, apiKey }) => new GoogleGenAI({ apiKey, httpOptions: { fetch } }),
  wrap: tracedGemini,
  errorReply: (status, message) => {
    const error = { code: status, message, status: status === 429 ? "RESOURCE_EXHAUSTED" : "INVALID_ARGUMENT" };
    return Response.json({ error }, { status });
  },
  untraced: [{ name: "models.get", start: (client) => client.models.get({ model: MODEL }) }],
  calls,
};

defineTestkitSuite(gemini, { describe, it });
