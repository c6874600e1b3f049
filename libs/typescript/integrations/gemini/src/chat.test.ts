import { type CallableTool, Chat } from "@google/genai";
import { getLastActiveTraceId, SpanStatusCode, tracingContext, withSpan } from "mlflow-tracing";
import { describe, expect, it } from "vitest";
import { recordTraces } from "./testing/recorded-traces.js";
import { type Reply, response, scriptedGemini, streamed } from "./testing/scripted-gemini.js";
import { tracedGemini } from "./traced-gemini.js";

const traces = recordTraces();
const user = (text: string) => ({ role: "user", parts: [{ text }] });
const model = (text: string) => ({ role: "model", parts: [{ text }] });
const say = (text: string): Reply => ({ json: response([{ text }]) });

function startChat(...replies: Reply[]) {
  const { client, calls } = scriptedGemini(replies);
  const config = { temperature: 0.5 };
  return { chat: tracedGemini(client).chats.create({ model: "gemini-2.5-flash", config }), calls };
}

describe("chats", () => {
  it("records each message as one call with the conversation so far", async () => {
    const { chat, calls } = startChat(say("Nice to meet you."), say("Kari."));
    expect(chat).toBeInstanceOf(Chat);
    await chat.sendMessage({ message: "I am Kari." });
    expect((await traces.onlySpan()).inputs).toMatchObject({ contents: [user("I am Kari.")] });
    expect((await chat.sendMessage({ message: "My name?" })).text).toBe("Kari.");
    const span = await traces.onlySpan();
    expect([span.name, span.spanType]).toEqual(["generateContent", "LLM"]);
    expect(span.inputs).toEqual({
      model: "gemini-2.5-flash",
      contents: [user("I am Kari."), model("Nice to meet you."), user("My name?")],
      config: { temperature: 0.5 },
    });
    expect(span.outputs).toMatchObject({ candidates: [{ content: model("Kari.") }] });
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toMatchObject({ total_tokens: 15 });
    expect(calls[1]?.headers.get("traceparent")).toContain(span.spanId);
    expect(chat.getHistory()).toHaveLength(4);
  });

  it("records streamed messages", async () => {
    const { chat } = startChat({ chunks: streamed([{ text: "Hel" }], [{ text: "lo" }]) }, say("Again"));
    let text = "";
    for await (const chunk of await chat.sendMessageStream({ message: "Hi" })) text += chunk.text ?? "";
    expect(text).toBe("Hello");
    const span = await traces.onlySpan();
    expect(span.name).toBe("generateContentStream");
    expect(span.outputs).toMatchObject({ candidates: [{ content: model("Hello") }] });
    await chat.sendMessage({ message: "And?" });
    expect((await traces.onlySpan()).inputs).toMatchObject({ contents: [user("Hi"), {}, {}, user("And?")] });
  });

  it("ends the span of a streamed message that is left early", async () => {
    const { chat } = startChat({ chunks: streamed([{ text: "Hel" }], [{ text: "lo" }]), hang: true });
    for await (const _ of await chat.sendMessageStream({ message: "Hi" })) break;
    expect((await traces.onlySpan()).outputs).toMatchObject({ candidates: [{ content: model("Hel") }] });
  });

  it("keeps the parents of messages that are sent at once", async () => {
    const { chat } = startChat(say("One"), say("Two"));
    const send = (message: string) => withSpan(() => chat.sendMessage({ message }), { name: message });
    await withSpan(() => Promise.all([send("first"), send("second")]), { name: "root" });
    const { spans } = (await traces.last()).data;
    const asked = spans.filter(({ name }) => name === "generateContent");
    const parents = asked.map(({ parentId }) => spans.find(({ spanId }) => spanId === parentId)?.name);
    expect(parents).toEqual(["first", "second"]);
    for (const [at, { inputs }] of asked.entries()) expect(JSON.stringify(inputs)).toContain(parents[at]);
  });

  it("takes the scope in which the message is sent, however late it goes out", async () => {
    const { chat } = startChat(say("One"), say("Two"));
    const first = tracingContext({ sessionId: "a" }, () => chat.sendMessage({ message: "first" }));
    const second = tracingContext({ sessionId: "b" }, () => chat.sendMessage({ message: "second" }));
    await Promise.all([first, second]);
    expect((await traces.last()).info.traceMetadata["mlflow.trace.session"]).toBe("b");
  });

  it("records a failure, and the chat goes on", async () => {
    const { chat } = startChat({ status: 500, json: { error: { code: 500, message: "Internal" } } }, say("Fine"));
    await expect(chat.sendMessage({ message: "Hi" })).rejects.toThrow("Internal");
    expect((await traces.onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
    expect((await chat.sendMessage({ message: "Hi" })).text).toBe("Fine");
  });

  it("records a message that the chat itself refuses", async () => {
    const { chat } = startChat();
    await expect(chat.sendMessage({ message: [] })).rejects.toThrow();
    const span = await traces.onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.inputs).toEqual({ model: "gemini-2.5-flash", message: [] });
  });

  it("records tools that run in a chat", async () => {
    const part = { functionCall: { name: "now", args: {} } };
    const { client } = scriptedGemini([{ json: response([part]) }, say("Noon.")]);
    const tool: CallableTool = {
      tool: async () => ({ functionDeclarations: [{ name: "now" }] }),
      callTool: async () => [{ functionResponse: { name: "now", response: { result: 12 } } }],
    };
    const chat = tracedGemini(client).chats.create({ model: "gemini-2.5-flash", config: { tools: [tool] } });
    expect((await chat.sendMessage({ message: "Time?" })).text).toBe("Noon.");
    expect((await traces.tree()).map((line) => line.trim().split(" ")[0])).toEqual([
      "generateContent",
      "generateContentInternal",
      "now",
      "generateContentInternal",
    ]);
    expect(chat.getHistory().map(({ role }) => role)).toEqual(["user", "model", "user", "model"]);
  });

  it("records the message alone where a chat reaches the models in a way of its own", async () => {
    const chat = { sendMessage: async () => response([{ text: "Hi" }]), sendMessageStream: async () => "stream" };
    const client = tracedGemini({ models: {}, chats: { create: (_: object) => chat } });
    await client.chats.create({}).sendMessage();
    expect((await traces.onlySpan()).outputs).toMatchObject({ candidates: [{ content: model("Hi") }] });
    expect(await client.chats.create({}).sendMessageStream()).toBe("stream");
    expect((await traces.onlySpan()).name).toBe("generateContentStream");
    expect(getLastActiveTraceId()).toBeDefined();
  });
});
