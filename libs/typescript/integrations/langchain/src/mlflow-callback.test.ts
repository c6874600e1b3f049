import { Document } from "@langchain/core/documents";
import { AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { mergeConfigs, type RunnableConfig, RunnableLambda, RunnablePassthrough } from "@langchain/core/runnables";
import { tool } from "@langchain/core/tools";
import { FakeEmbeddings, FakeListChatModel, FakeLLM, FakeVectorStore } from "@langchain/core/utils/testing";
import { getLastActiveTraceId, SpanStatusCode, trace, tracingContext, withSpan } from "mlflow-tracing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { MAX_TOKEN_EVENTS, MlflowCallback } from "./mlflow-callback.js";
import { openRuns } from "./run-map.js";
import { type Recording, startRecording } from "./testing/recording.js";
import { COUNTED, scriptedOpenAI, toolCall } from "./testing/scripted-openai.js";

let recording: Recording;
beforeEach(() => {
  recording = startRecording();
});
afterEach(async () => {
  await recording.stop();
  expect(openRuns.size, "runs that were not ended").toBe(0);
});

const traced = () => ({ callbacks: [new MlflowCallback()] });
const prompt = ChatPromptTemplate.fromMessages([
  ["system", "You translate to {language}."],
  ["user", "{text}"],
]);
const question = { language: "Italian", text: "Good morning" };

describe("a chain of prompt, model and parser", () => {
  it("is four spans with the model's request, answer and tokens", async () => {
    const model = scriptedOpenAI([{ content: "Buongiorno" }], { temperature: 0.1 });
    const chain = prompt.pipe(model).pipe(new StringOutputParser());
    expect(await chain.invoke(question, traced())).toBe("Buongiorno");
    expect(await recording.tree()).toEqual([
      " > RunnableSequence CHAIN",
      "RunnableSequence > ChatPromptTemplate CHAIN",
      "RunnableSequence > ChatOpenAI CHAT_MODEL",
      "RunnableSequence > StrOutputParser CHAIN",
    ]);
    const root = await recording.span("RunnableSequence");
    expect([root.inputs, root.outputs]).toEqual([question, { output: "Buongiorno" }]);
    const call = await recording.span("ChatOpenAI");
    const blank = { tool_calls: null, refusal: null, tool_call_id: null };
    expect(call.inputs).toEqual({
      messages: [
        { role: "system", content: "You translate to Italian.", ...blank },
        { role: "user", content: "Good morning", ...blank },
      ],
    });
    expect(call.outputs).toEqual({
      choices: [{ message: { role: "assistant", content: "Buongiorno", ...blank }, finish_reason: "stop" }],
    });
    expect(call.attributes).toMatchObject({
      "mlflow.message.format": "langchain",
      "mlflow.llm.model": "gpt-4o-mini",
      "mlflow.llm.provider": "openai",
      "mlflow.chat.tokenUsage": COUNTED,
      invocation_params: { model: "gpt-4o-mini", temperature: 0.1, stream: false },
    });
    expect((await recording.trace()).info.tokenUsage).toEqual(COUNTED);
  });

  it("keeps the key of the provider out of the trace", async () => {
    await prompt.pipe(scriptedOpenAI([{ content: "x" }])).invoke(question, traced());
    const { spans } = (await recording.trace()).data;
    const text = JSON.stringify(spans.map(({ attributes, inputs, outputs }) => ({ attributes, inputs, outputs })));
    expect(text).not.toContain("sk-secret");
    expect(text).not.toContain("[Undefined]");
  });

  it("nests below the active span, and keeps concurrent calls with one handler apart", async () => {
    const chain = prompt.pipe(new FakeListChatModel({ responses: ["hello"] })).pipe(new StringOutputParser());
    const config = traced();
    const translate = trace(function translate(language: string) {
      return chain.invoke({ ...question, language }, config);
    });
    await withSpan(() => Promise.all(["un", "deux", "trois"].map((language) => translate(language))), { name: "all" });
    const { spans } = (await recording.trace()).data;
    expect(spans).toHaveLength(1 + 3 * 5);
    for (const parent of spans.filter(({ name }) => name === "translate")) {
      const sequence = spans.find(({ parentId }) => parentId === parent.spanId);
      expect(sequence?.name).toBe("RunnableSequence");
      expect(sequence?.inputs).toMatchObject(parent.inputs as object);
    }
  });

  it("records a failure on the model and on what it is part of", async () => {
    const model = scriptedOpenAI([{ status: 400, error: "The model refused this request." }]);
    await expect(prompt.pipe(model).invoke(question, traced())).rejects.toThrow("refused");
    for (const name of ["RunnableSequence", "ChatOpenAI"]) {
      const { status, events, outputs } = await recording.span(name);
      expect(status).toMatchObject({
        statusCode: SpanStatusCode.ERROR,
        description: expect.stringContaining("refused"),
      });
      expect(events.map((event) => event.name)).toEqual(["exception"]);
      expect(outputs).toBeFalsy();
    }
    expect((await recording.span("ChatOpenAI")).getAttribute("mlflow.llm.model")).toBe("gpt-4o-mini");
    expect((await recording.trace()).info.state).toBe("ERROR");
  });

  it("keeps what was thrown, whatever it is", async () => {
    const odd = RunnableLambda.from(() => Promise.reject(null));
    await expect(odd.invoke("x", traced())).rejects.toBe(null);
    expect((await recording.span("RunnableLambda")).status.statusCode).toBe(SpanStatusCode.ERROR);
  });
});

describe("streams", () => {
  it("have their tokens as events, and the message and usage at the end", async () => {
    const model = scriptedOpenAI([{ parts: ["Buon", "giorno"] }]);
    const pieces: string[] = [];
    const stream = await prompt.pipe(model).pipe(new StringOutputParser()).stream(question, traced());
    for await (const piece of stream) pieces.push(piece);
    expect(pieces.join("")).toBe("Buongiorno");
    const call = await recording.span("ChatOpenAI");
    const tokens = call.events.filter(({ name }) => name === "new_token").map(({ attributes }) => attributes.token);
    expect(tokens.filter(Boolean)).toEqual(["Buon", "giorno"]);
    expect(call.outputs).toMatchObject({ choices: [{ message: { content: "Buongiorno" }, finish_reason: "stop" }] });
    expect(call.getAttribute("mlflow.chat.tokenUsage")).toEqual(COUNTED);
    const root = await recording.span("RunnableSequence");
    expect([root.inputs, root.outputs]).toEqual([question, { output: "Buongiorno" }]);
    expect((await recording.span("StrOutputParser")).outputs).toBe("Buongiorno");
  });

  it("keep a limited number of tokens, and count the others", async () => {
    const length = MAX_TOKEN_EVENTS + 10;
    const model = new FakeListChatModel({ responses: ["x".repeat(length)] });
    for await (const _ of await model.stream("Hi", traced()));
    const call = await recording.span("FakeListChatModel");
    expect(call.events).toHaveLength(MAX_TOKEN_EVENTS);
    expect(call.getAttribute("new_token_events_dropped")).toBe(10);
    expect(JSON.stringify(call.outputs)).toContain("x".repeat(length));
  });

  it("that are left can be ended by flush", async () => {
    const handler = new MlflowCallback();
    const other = new MlflowCallback();
    const model = new FakeListChatModel({ responses: ["abcdef"] });
    const stream = await prompt.pipe(model).stream(question, { callbacks: [handler] });
    await stream.getReader().read();
    expect(openRuns.size).toBeGreaterThan(1);
    other.flush();
    expect(openRuns.size).toBeGreaterThan(1);
    handler.flush();
    handler.flush();
    for (const { endTime } of (await recording.trace()).data.spans) expect(endTime).not.toBeNull();
  });
});

describe("tools, retrievers and other runs", () => {
  it("a tool has its arguments, its call's id and its message; what it does nests below it", async () => {
    const lookUp = trace(function lookUp(city: string) {
      return `${city}: clear`;
    });
    const weather = tool(({ city }) => lookUp(city), {
      name: "weather",
      description: "The weather",
      schema: z.object({ city: z.string() }),
    });
    const model = scriptedOpenAI([{ content: null, tool_calls: [toolCall("weather", { city: "Oslo" })] }]);
    const agent = RunnableLambda.from(async (text: string, config) => {
      const { tool_calls = [] } = await model.bindTools([weather]).invoke(text, config);
      return Promise.all(tool_calls.map((call) => weather.invoke({ ...call, type: "tool_call" }, config)));
    }).withConfig({ runName: "agent" });
    await agent.invoke("Oslo?", traced());
    expect(await recording.tree()).toEqual([
      " > agent CHAIN",
      "agent > ChatOpenAI CHAT_MODEL",
      "agent > weather TOOL",
      "weather > lookUp UNKNOWN",
    ]);
    const call = await recording.span("ChatOpenAI");
    expect(call.getAttribute("mlflow.chat.tools")).toMatchObject([
      { type: "function", function: { name: "weather", description: "The weather" } },
    ]);
    expect(call.outputs).toMatchObject({
      choices: [{ message: { content: null, tool_calls: [toolCall("weather", { city: "Oslo" })] } }],
    });
    const called = await recording.span("weather");
    expect(called.inputs).toEqual({ city: "Oslo" });
    expect(called.outputs).toMatchObject({ type: "tool", content: "Oslo: clear", tool_call_id: "call_weather" });
    expect(called.getAttribute("tool_call_id")).toBe("call_weather");
  });

  it("a tool that fails is recorded as failed", async () => {
    const broken = tool(() => Promise.reject(new Error("no network")), { name: "broken", schema: z.object({}) });
    await expect(broken.invoke({}, traced())).rejects.toThrow("no network");
    expect((await recording.span("broken")).status).toMatchObject({ statusCode: SpanStatusCode.ERROR });
  });

  it("a retriever has its query and its documents", async () => {
    const documents = [new Document({ pageContent: "Tides rise twice a day.", metadata: { source: "tides.md" } })];
    const store = await FakeVectorStore.fromDocuments(documents, new FakeEmbeddings());
    await store.asRetriever(1).invoke("tides?", traced());
    const span = await recording.span("VectorStoreRetriever");
    expect(span.spanType).toBe("RETRIEVER");
    expect(span.inputs).toBe("tides?");
    expect(span.outputs).toEqual([{ page_content: "Tides rise twice a day.", metadata: { source: "tides.md" } }]);
  });

  it("a model of texts is an LLM with its prompts and generations", async () => {
    await new FakeLLM({ response: "out" }).invoke("in", traced());
    const span = await recording.span("FakeLLM");
    expect(span).toMatchObject({ spanType: "LLM", inputs: ["in"] });
    expect(span.outputs).toMatchObject({ generations: [[{ text: "out" }]] });
  });

  it("a batch is a trace for each input", async () => {
    await RunnableLambda.from((n: number) => n + 1).batch([1, 2], traced());
    expect((await recording.span("RunnableLambda")).inputs).toEqual({ input: 2 });
  });

  it("further attempts are events of what retries", async () => {
    let attempts = 0;
    const flaky = RunnableLambda.from(async (text: string) => {
      if (++attempts < 2) throw new Error(`attempt ${attempts}`);
      return text;
    }).withRetry({ stopAfterAttempt: 2, onFailedAttempt: () => {} });
    await flaky.invoke("x", traced());
    const { spans } = (await recording.trace()).data;
    const retries = spans.flatMap(({ events }) => events).filter(({ name }) => name === "retry");
    expect(retries.map(({ attributes }) => attributes.attempt)).toEqual([2]);
    expect(spans.map(({ status }) => status.statusCode).filter((code) => code === SpanStatusCode.ERROR)).toHaveLength(
      1,
    );
  });

  it("agent steps and custom events are events", async () => {
    const handler = new MlflowCallback();
    const serialized = {
      lc: 1 as const,
      type: "not_implemented" as const,
      id: ["langchain", "agents", "AgentExecutor"],
    };
    handler.handleChainStart(serialized, { input: "x" }, "run");
    handler.handleAgentAction({ tool: "search", toolInput: { q: "x" }, log: "thinking" }, "run");
    handler.handleCustomEvent("progress", { done: 1 }, "run");
    handler.handleAgentEnd({ returnValues: { output: "y" }, log: "done" }, "run");
    handler.handleChainEnd({ output: "y" }, "run");
    const { events } = await recording.span("AgentExecutor");
    expect(events.map(({ name }) => name)).toEqual(["agent_action", "progress", "agent_finish"]);
    expect(events[0]?.attributes).toMatchObject({ tool: "search", log: "thinking" });
  });
});

describe("the handler", () => {
  it("does not count a run twice that two handlers see", async () => {
    const lambda = RunnableLambda.from((text: string) => text);
    const again = (config: RunnableConfig) => mergeConfigs(config, traced());
    const outer = RunnableLambda.from((text: string, config) => lambda.invoke(text, again(config))).withConfig({
      runName: "outer",
    });
    await outer.invoke("x", { callbacks: [new MlflowCallback(), new MlflowCallback()] });
    expect(await recording.tree()).toEqual([" > outer CHAIN", "outer > RunnableLambda CHAIN"]);
  });

  it("nests what a traced function starts below that function", async () => {
    const inner = RunnableLambda.from((text: string) => text).withConfig({ runName: "inner" });
    const step = trace(function step(text: string, config: RunnableConfig) {
      return inner.invoke(text, config);
    });
    await RunnableLambda.from((text: string, config) => step(text, config))
      .withConfig({ runName: "outer" })
      .invoke("x", traced());
    expect(await recording.tree()).toEqual([" > outer CHAIN", "outer > step UNKNOWN", "step > inner CHAIN"]);
  });

  it("leaves what comes after a run where it belongs", async () => {
    const lambda = RunnableLambda.from((text: string) => text);
    await withSpan(
      async () => {
        await lambda.invoke("a", traced());
        await lambda.invoke("b", traced());
        withSpan(() => 1, { name: "after" });
      },
      { name: "root" },
    );
    expect(await recording.tree()).toEqual([
      " > root UNKNOWN",
      "root > RunnableLambda CHAIN",
      "root > RunnableLambda CHAIN",
      "root > after UNKNOWN",
    ]);
  });

  it("survives hostile values", async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const loop: Record<string, unknown> = { big: 1n, proxy, fn: () => 1 };
    loop.self = loop;
    const result = await RunnableLambda.from((value: object) => value).invoke(loop, traced());
    expect(result).toBe(loop);
    expect((await recording.span("RunnableLambda")).status.statusCode).toBe(SpanStatusCode.OK);
    const handler = new MlflowCallback();
    handler.handleChainEnd({}, "unknown run");
    handler.handleLLMError(new Error("x"), "unknown run");
    handler.handleLLMNewToken("x", { prompt: 0, completion: 0 }, "unknown run");
  });

  it("shows the fields of LangChain's objects in what chains take and give", async () => {
    const value = {
      messages: [new HumanMessage("Hi"), new AIMessage({ content: "Hello", id: "m1" })],
      docs: [new Document({ pageContent: "text", metadata: { page: 1 }, id: "d1" })],
      prompt: await ChatPromptTemplate.fromMessages([new SystemMessage("Be kind.")]).invoke({}),
    };
    await new RunnablePassthrough().invoke(value, traced());
    const { inputs } = await recording.span("RunnablePassthrough");
    expect(inputs).toMatchObject({
      messages: [
        { type: "human", content: "Hi", name: null },
        { type: "ai", content: "Hello", id: "m1", tool_calls: [] },
      ],
      docs: [{ page_content: "text", metadata: { page: 1 }, id: "d1", type: "Document" }],
      prompt: { messages: [{ type: "system", content: "Be kind." }] },
    });
  });

  it("records nothing where tracing is disabled", async () => {
    const before = getLastActiveTraceId();
    const lambda = RunnableLambda.from((text: string) => withSpan(() => text, { name: "inside" }));
    expect(await tracingContext({ enabled: false }, () => lambda.invoke("x", traced()))).toBe("x");
    expect(getLastActiveTraceId()).toBe(before);
  });

  it("can leave user code alone", () => {
    const handler = new MlflowCallback({ nestUserCode: false });
    expect(handler.copy()).toBe(handler);
    expect([handler.name, handler.awaitHandlers, handler.droppedRuns]).toEqual(["mlflow_langchain", true, 0]);
  });
});
