import { SpanType } from "mlflow-tracing";
import type { Derived } from "./support/expected";
import type { SpanSpec, TraceSpec } from "./support/trace-spec";

/** A trace to write, and what MLflow is to make of it. */
export interface Case {
  readonly name: string;
  readonly spec: TraceSpec;
  readonly derived: Derived;
}

/** Odd nanoseconds, so that a reader with milliseconds or doubles is noticed. */
const START = 1_750_000_000_123_456_789n;
const WORDS = "naïve 日本 🙂 \u202eרטל\u202c e\u0301 \u{1d11e} \u0000\u001b\u007f\u2028 \\ \" ' </script>";

function span(name: string, from: bigint, to: bigint, more: Partial<SpanSpec> = {}): SpanSpec {
  return { name, type: SpanType.UNKNOWN, startNs: START + from, endNs: START + to, ...more };
}

const WHOLE: Case = {
  name: "everything that can be said",
  spec: {
    tags: { env: "prod", "tag.with dots": "12", empty: "", words: "ü 🙂" },
    metadata: { "mlflow.trace.session": "session-1", "mlflow.trace.user": "kari", release: "1.0", words: "日本 🙂" },
    clientRequestId: "request-42",
    requestPreview: "asked 🙂",
    responsePreview: "answered",
    spans: [
      span("plan ü 🙂", 0n, 9_007_000_001n, {
        type: SpanType.AGENT,
        inputs: { question: WORDS, nested: [{ a: null }, [], {}, [[1, [2.5]]]] },
        outputs: [WORDS, 1, true],
        attributes: { "key.with dots": "a", "key with spaces": { b: 1 }, 鍵: [1], release: 1.5, flag: false },
      }),
      span("search", 1n, 3n, {
        type: SpanType.RETRIEVER,
        parent: 0,
        inputs: "text alone",
        outputs: [{ page_content: "found", metadata: { doc_uri: "a.md" } }],
        events: [
          ["progress", START + 2n, { percent: 50, share: 0.5, what: "12", done: false }],
          ["no attributes", START + 2n, {}],
        ],
        links: [
          ["tr-0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", { why: "example", weight: 3 }],
          ["tr-4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", {}],
        ],
      }),
      span("fails", 4n, 5n, {
        type: "MY_OWN_TYPE",
        parent: 1,
        status: ["ERROR", `no such tool: ${WORDS}`],
        events: [
          [
            "exception",
            START + 5n,
            { "exception.message": WORDS, "exception.type": "X", "exception.stacktrace": "at" },
          ],
        ],
      }),
      span("later sibling", 6n, 6n, { type: SpanType.TOOL, parent: 0, outputs: "" }),
    ],
  },
  derived: { requestPreview: null, responsePreview: null },
};

const TYPES = Object.values(SpanType);
const EVERY_TYPE: Case = {
  name: "a chain of every span type",
  spec: {
    spans: TYPES.map((type, at) =>
      span(`a ${type}`, BigInt(at), BigInt(1000 - at), { type, ...(at > 0 && { parent: at - 1 }), inputs: at }),
    ),
  },
  derived: { requestPreview: "0", responsePreview: null },
};

const usage = (input: number, output: number) => ({
  "mlflow.chat.tokenUsage": { input_tokens: input, output_tokens: output, total_tokens: input + output },
});
const MODEL = { "mlflow.llm.model": "gpt-4o-mini", "mlflow.llm.provider": "openai" };
/** 0.15 and 0.6 US dollars for a million tokens. */
const cost = (input: number, output: number, total: number) => ({
  input_cost: input,
  output_cost: output,
  total_cost: total,
});

const CHAT: Case = {
  name: "a chat with token usage and cost",
  spec: {
    spans: [
      span("chat", 0n, 5_000_000n, {
        type: SpanType.CHAIN,
        inputs: {
          messages: [
            { role: "user", content: "first" },
            { role: "user", content: "What is 1+1?" },
          ],
        },
        outputs: { choices: [{ message: { role: "assistant", content: "It is 2." } }] },
      }),
      span("call", 1n, 2n, { type: SpanType.CHAT_MODEL, parent: 0, attributes: { ...MODEL, ...usage(1000, 500) } }),
      span("inner call, not counted", 1n, 2n, { type: SpanType.LLM, parent: 1, attributes: usage(7, 7) }),
      span("call", 3n, 4n, { type: SpanType.CHAT_MODEL, parent: 0, attributes: { ...MODEL, ...usage(2000, 1000) } }),
    ],
  },
  derived: {
    requestPreview: "What is 1+1?",
    responsePreview: "It is 2.",
    tokenUsage: { input_tokens: 3000n, output_tokens: 1500n, total_tokens: 4500n },
    cost: cost(0.00045, 0.0009, 0.00135),
    // The server writes both again, in Python's way.
    metadata: {
      "mlflow.trace.tokenUsage": '{"input_tokens": 3000, "output_tokens": 1500, "total_tokens": 4500}',
      "mlflow.trace.cost": '{"input_cost": 0.00045, "output_cost": 0.0009, "total_cost": 0.00135}',
    },
    attributes: {
      1: { "mlflow.llm.cost": cost(0.00015, 0.0003, 0.00045) },
      3: { "mlflow.llm.cost": cost(0.0003, 0.0006, 0.0009) },
    },
  },
};

const LONG_TEXT = "x🙂".repeat(2_000);
const LONG: Case = {
  name: "long texts",
  spec: {
    tags: { long: "ü".repeat(4_096) },
    spans: [
      span("n".repeat(2_000), 0n, 1_000_000n, { inputs: LONG_TEXT, outputs: "short" }),
      span("1 MB", 1n, 2n, { parent: 0, inputs: "ø".repeat(1_048_576), outputs: [WORDS.repeat(10_000)] }),
    ],
  },
  derived: {
    requestPreview: `${JSON.stringify(LONG_TEXT).slice(0, 997)}...`,
    responsePreview: '"short"',
    metadata: { "mlflow.traceInputs": `${JSON.stringify(LONG_TEXT).slice(0, 247)}...` },
  },
};

const FAILED: Case = {
  name: "a trace that failed",
  spec: {
    spans: [
      span("root", 0n, 999_999n, { status: ["ERROR", "gave up"] }),
      span("before the root's start", -5n, -4n, { parent: 0, status: ["OK", ""] }),
    ],
  },
  derived: { requestPreview: null, responsePreview: null },
};

export const CASES: readonly Case[] = [WHOLE, EVERY_TYPE, CHAT, LONG, FAILED];
