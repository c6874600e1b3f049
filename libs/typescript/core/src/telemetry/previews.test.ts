import { describe, expect, it } from "vitest";
import type { LiveSpan } from "../entities/live-span.js";
import { Span, TraceInfo } from "../entities/readable.js";
import { InMemoryTraceExporter, init, setDiagnosticSink, withSpan } from "../index.js";
import { fillPreviews } from "./previews.js";
import { aggregateTokenUsage } from "./token-usage.js";

const spanWith = (attributes: Record<string, unknown>, id = "AAAAAAAAAAE=", parent = "") =>
  Span.fromJson({ span_id: id, parent_span_id: parent, attributes });

function previews(inputs: unknown, outputs: unknown): TraceInfo {
  const info = TraceInfo.fromJson({});
  const attributes = { "mlflow.spanInputs": JSON.stringify(inputs), "mlflow.spanOutputs": JSON.stringify(outputs) };
  fillPreviews({ info, root: spanWith(attributes), chatText: {} });
  return info;
}

setDiagnosticSink(() => {});
const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: unknown) => ({ role: "assistant", content });

describe("request previews", () => {
  it.each([
    ["the text of a message", { model: "m", messages: [user("Hello")] }, "Hello"],
    ["the last user message", { messages: [user("a"), assistant("b"), user("c"), assistant("d")] }, "c"],
    [
      "the text beside an image",
      { messages: [user([{ type: "image" }, { type: "text", text: "What is it?" }])] },
      "What is it?",
    ],
    ["a Responses input", { input: [user([{ type: "input_text", text: "Hi" }])] }, "Hi"],
    ["JSON for a plain input", { input: "Hi" }, '{"input":"Hi"}'],
    [
      "JSON when there is no text",
      { messages: [user([{ type: "image" }])] },
      '{"messages":[{"role":"user","content":[{"type":"image"}]}]}',
    ],
    ["JSON for other shapes", { messages: [["user", "x"]] }, '{"messages":[["user","x"]]}'],
    ["quotes around a string", "x", '"x"'],
  ])("show %s", (_what, inputs, expected) => expect(previews(inputs, 1).requestPreview).toBe(expected));
});

describe("response previews", () => {
  it.each([
    ["a chat completion", { choices: [{ message: assistant("Yes") }] }, "Yes"],
    [
      "a Responses output",
      { output: [{ type: "reasoning" }, assistant([{ type: "output_text", text: "Yes" }])] },
      "Yes",
    ],
    [
      "JSON for an empty completion",
      { choices: [{ message: assistant("") }] },
      '{"choices":[{"message":{"role":"assistant","content":""}}]}',
    ],
    [
      "JSON for Anthropic's message",
      assistant([{ type: "text", text: "Yes" }]),
      '{"role":"assistant","content":[{"type":"text","text":"Yes"}]}',
    ],
  ])("show %s", (_what, outputs, expected) => expect(previews(1, outputs).responsePreview).toBe(expected));

  it("are cut at 1000 characters, the metadata at 250", () => {
    const info = previews("x".repeat(998), "x".repeat(999));
    expect(info.requestPreview).toHaveLength(1000);
    expect(info.requestPreview?.endsWith('x"')).toBe(true);
    expect(info.responsePreview).toHaveLength(1000);
    expect(info.responsePreview?.endsWith("x...")).toBe(true);
    expect(info.traceMetadata["mlflow.traceInputs"]).toHaveLength(250);
  });

  it("leave alone what the program has set", () => {
    const info = TraceInfo.fromJson({ request_preview: "mine" });
    fillPreviews({ info, root: spanWith({}), chatText: {} });
    expect([info.requestPreview, info.responsePreview]).toEqual(["mine", undefined]);
  });
});

describe("previews of a trace that is being recorded", () => {
  const recorded = (record: (span: LiveSpan) => void) => {
    const exporter = new InMemoryTraceExporter();
    init({ exporter });
    withSpan(record);
    return exporter.traces[0]?.trace.info;
  };

  it("are those of the same values read from JSON", () => {
    const inputs = { messages: [user("Hello")] };
    const outputs = { choices: [{ message: assistant("Hi") }] };
    const info = recorded((span) => {
      withSpan((child) => child.setInputs({ messages: [user("inner")] }));
      span.setInputs("first");
      span.setInputs(inputs);
      span.setOutputs(outputs);
    });
    const read = previews(inputs, outputs);
    expect([info?.requestPreview, info?.responsePreview]).toEqual([read.requestPreview, read.responsePreview]);
  });

  it("follow values whose reading throws, and values that other libraries set", () => {
    const hostile = {
      get messages() {
        throw new Error("no");
      },
    };
    expect(recorded((span) => span.setInputs(hostile))?.requestPreview).toBe('{"messages":"[Unreadable]"}');
    const chat = JSON.stringify({ messages: [user("native")] });
    const set = recorded((span) => void span._span.setAttribute("mlflow.spanInputs", chat));
    expect(set?.requestPreview).toBe("native");
  });
});

describe("token usage of a trace", () => {
  const usage = (input: number, cached?: number) => ({
    "mlflow.chat.tokenUsage": {
      input_tokens: input,
      output_tokens: 1,
      total_tokens: input + 1,
      cache_read_input_tokens: cached,
    },
  });
  const [a, b, c, d] = ["AAAAAAAAAAE=", "AAAAAAAAAAI=", "AAAAAAAAAAM=", "AAAAAAAAAAQ="];

  it("counts the topmost spans that report any, in whatever order they come", () => {
    const spans = [
      spanWith(usage(100), d, c),
      spanWith(usage(5, 2), b, a),
      spanWith({}, a),
      spanWith({}, c, b),
      spanWith(usage(7), "AAAAAAAAAAU=", a),
    ];
    expect(aggregateTokenUsage(spans)).toEqual({
      input_tokens: 12,
      output_tokens: 2,
      total_tokens: 14,
      cache_read_input_tokens: 2,
    });
    expect(aggregateTokenUsage([spanWith({}, a)])).toBeNull();
  });

  it("is not caught in a circle of parents", () => {
    expect(aggregateTokenUsage([spanWith(usage(1), a, b), spanWith({}, b, c), spanWith({}, c, b)])?.input_tokens).toBe(
      1,
    );
  });
});
