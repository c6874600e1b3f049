import type { BaseMessage } from "@langchain/core/messages";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI } from "@langchain/openai";
import { createMockFetch, instantClock } from "@tracebook/mock-providers";
import { createOpenAI } from "@tracebook/mock-providers/openai";
import { MlflowCallback } from "mlflow-langchain";
import { type Call, defineTestkitSuite, type ExpectedSpan, type Integration } from "mlflow-testkit";
import type { TokenUsage } from "mlflow-tracing";
import { describe, it } from "vitest";
import { ANSWER, CHAT_TOOL, QUESTION, SCRIPT, TOOL_NAME, TOOL_QUESTION } from "./questions";

interface Connection {
  readonly model: ChatOpenAI;
  readonly callbacks: MlflowCallback[];
}
interface Asked {
  messages: { role: string; content: string }[];
}

const MODEL = "gpt-4o-mini";
const ask = (content: string): Asked => ({ messages: [{ role: "user", content }] });
const prompt = ChatPromptTemplate.fromMessages([["user", "{question}"]]);
const BLANK = { tool_calls: null, refusal: null, tool_call_id: null };

function toUsage(message: unknown): TokenUsage {
  const { usage_metadata } = message as {
    usage_metadata?: TokenUsage & { input_token_details?: { cache_read?: number } };
  };
  if (!usage_metadata) throw new Error("the message has no usage");
  const { input_tokens, output_tokens, total_tokens, input_token_details } = usage_metadata;
  const cached = input_token_details?.cache_read;
  const tokens = { input_tokens, output_tokens, total_tokens };
  return cached === undefined ? tokens : { ...tokens, cache_read_input_tokens: cached };
}

const CHAT_MODEL: ExpectedSpan = {
  name: "ChatOpenAI",
  spanType: "CHAT_MODEL",
  model: MODEL,
  provider: "openai",
  messageFormat: "langchain",
  inputs: (request) => ({ messages: (request as Asked).messages.map((message) => ({ ...message, ...BLANK })) }),
  usage: toUsage,
};
const spoken = (content: string) => ({
  choices: [{ message: { role: "assistant", content, ...BLANK }, finish_reason: "stop" }],
});

/** What the script says that the answer takes. */
const ANSWER_USAGE: TokenUsage = { input_tokens: 21, output_tokens: 17, total_tokens: 38, cache_read_input_tokens: 3 };

const calls: Call<Connection>[] = [
  {
    name: "model.invoke",
    kind: "plain",
    request: ask(QUESTION),
    start: ({ model, callbacks }, request, options) =>
      model.invoke((request as Asked).messages, { callbacks, ...options }),
    text: ANSWER,
    expect: { ...CHAT_MODEL, outputs: () => spoken(ANSWER) },
  },
  {
    name: "model.invoke, with tools",
    kind: "plain",
    request: ask(TOOL_QUESTION),
    start: ({ model, callbacks }, request, options) =>
      model.bindTools([CHAT_TOOL]).invoke((request as Asked).messages, { callbacks, ...options }),
    text: TOOL_NAME,
    expect: {
      ...CHAT_MODEL,
      attributes: { "mlflow.chat.tools": [CHAT_TOOL] },
      outputs: (result) => {
        const [call] = (result as { tool_calls: { id: string }[] }).tool_calls;
        const named = { name: TOOL_NAME, arguments: JSON.stringify({ city: "Oslo" }) };
        const message = {
          role: "assistant",
          ...BLANK,
          content: null,
          tool_calls: [{ id: call?.id, type: "function", function: named }],
        };
        return { choices: [{ message, finish_reason: "tool_calls" }] };
      },
    },
  },
  {
    name: "model.stream",
    kind: "stream",
    request: ask(QUESTION),
    start: ({ model, callbacks }, request, options) =>
      model.stream((request as Asked).messages, { callbacks, ...options }),
    text: ANSWER,
    expect: {
      ...CHAT_MODEL,
      usage: (result) =>
        toUsage((result as BaseMessage[]).find((part) => "usage_metadata" in part && part.usage_metadata)),
    },
  },
  {
    name: "chain.invoke",
    kind: "plain",
    request: { question: QUESTION },
    start: ({ model, callbacks }, request, options) =>
      prompt
        .pipe(model)
        .pipe(new StringOutputParser())
        .invoke(request as { question: string }, { callbacks, ...options }),
    text: ANSWER,
    expect: {
      name: "RunnableSequence",
      spanType: "CHAIN",
      usage: "none",
      outputs: (result) => ({ output: result }),
      children: [
        { name: "ChatPromptTemplate", spanType: "CHAIN", inputs: (request) => request },
        {
          ...CHAT_MODEL,
          inputs: () => ({ messages: [{ role: "user", content: QUESTION, ...BLANK }] }),
          usage: ANSWER_USAGE,
        },
        { name: "StrOutputParser", spanType: "CHAIN", outputs: (result) => ({ output: result }) },
      ],
    },
  },
];

const langchain: Integration<Connection> = {
  name: "mlflow-langchain",
  createFetch: () => createMockFetch({ services: [createOpenAI({ script: SCRIPT })], clock: instantClock }),
  createClient: ({ fetch, apiKey, traced }) => ({
    model: new ChatOpenAI({ model: MODEL, apiKey, maxRetries: 0, configuration: { fetch } }),
    callbacks: traced ? [new MlflowCallback()] : [],
  }),
  // Messages of a stream have an id of the run, which is another each time.
  comparable: (value) => JSON.parse(JSON.stringify(value ?? null).replaceAll(/"id":"run-[0-9a-f-]+"/g, '"id":"run"')),
  skip: {
    "inputs-of-the-moment": "LangChain.js tells callbacks of a chain's run after the call has returned",
    "stream-left-early":
      "LangChain.js tells callbacks nothing when a stream is left; MlflowCallback.flush() ends its span",
  },
  calls,
};

defineTestkitSuite(langchain, { describe, it });
