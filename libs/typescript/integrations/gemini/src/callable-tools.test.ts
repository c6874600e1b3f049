import type { CallableTool, FunctionCall } from "@google/genai";
import { SpanStatusCode, trace } from "mlflow-tracing";
import { describe, expect, it, vi } from "vitest";
import { recordTraces } from "./testing/recorded-traces.js";
import { type Reply, response, scriptedGemini, streamed } from "./testing/scripted-gemini.js";
import { tracedGemini } from "./traced-gemini.js";

const traces = recordTraces();
const PARAMETERS = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const call = (city: string, name = "get_weather") => ({ functionCall: { name, args: { city } } });
const USAGE = { promptTokenCount: 58, candidatesTokenCount: 15, totalTokenCount: 73 };
const ROUND = response([call("Oslo")], USAGE);
const FINAL = response([{ text: "It snows." }], {
  promptTokenCount: 92,
  candidatesTokenCount: 14,
  totalTokenCount: 106,
});

class WeatherTool implements CallableTool {
  readonly asked: FunctionCall[][] = [];
  constructor(readonly name = "get_weather") {}
  async tool() {
    return { functionDeclarations: [{ name: this.name, description: "now", parametersJsonSchema: PARAMETERS }] };
  }
  async callTool(calls: FunctionCall[]) {
    this.asked.push(calls);
    const mine = calls.filter(({ name }) => name === this.name);
    return mine.map(({ name, args }) => ({ functionResponse: { name, response: { result: `${args?.city}: snow` } } }));
  }
}

function setUp(...replies: Reply[]) {
  const { client, calls } = scriptedGemini(replies);
  return { original: client, client: tracedGemini(client), calls };
}

const ask = (...tools: CallableTool[]) => ({ model: "gemini-2.5-flash", contents: "Weather?", config: { tools } });

describe("automatic function calling", () => {
  it("has a span for each request and each run of a tool below the call's", async () => {
    const { client, calls } = setUp({ json: ROUND }, { json: FINAL });
    const tool = new WeatherTool();
    const request = ask(tool);
    expect((await client.models.generateContent(request)).text).toBe("It snows.");
    expect(await traces.tree()).toEqual([
      "generateContent LLM",
      "  generateContentInternal LLM",
      "  get_weather TOOL",
      "  generateContentInternal LLM",
    ]);
    const { info, data } = await traces.last();
    const [outer, first, run, second] = data.spans;
    expect([run?.inputs, run?.outputs]).toEqual([{ city: "Oslo" }, { result: "Oslo: snow" }]);
    expect(first?.outputs).toEqual(ROUND);
    expect(second?.outputs).toMatchObject({ candidates: FINAL.candidates });
    expect(outer?.outputs).toMatchObject({
      candidates: FINAL.candidates,
      automaticFunctionCallingHistory: [{}, {}, {}],
    });
    expect(JSON.stringify(second?.inputs)).toContain("Oslo: snow");
    expect(info.tokenUsage).toEqual({ input_tokens: 150, output_tokens: 29, total_tokens: 179 });
    expect(outer?.getAttribute("mlflow.chat.tokenUsage")).toBeUndefined();
    const sent = calls.map(({ headers }) => headers.get("traceparent")?.split("-")[2]);
    expect(sent).toEqual([first?.spanId, second?.spanId]);
    expect(request.config.tools).toEqual([tool]);
  });

  it("shows what tools declare", async () => {
    const { client } = setUp({ json: FINAL });
    await client.models.generateContent(ask(new WeatherTool()));
    const { spans } = (await traces.last()).data;
    const declaration = { name: "get_weather", description: "now", parametersJsonSchema: PARAMETERS };
    const tools = [{ type: "function", function: { name: "get_weather", description: "now", parameters: PARAMETERS } }];
    for (const span of spans) {
      expect(span.inputs).toMatchObject({ config: { tools: [{ functionDeclarations: [declaration] }] } });
      expect(span.getAttribute("mlflow.chat.tools")).toEqual(tools);
    }
    expect(spans).toHaveLength(2);
  });

  it("is the parent of what a tool records itself", async () => {
    const { client } = setUp({ json: ROUND }, { json: FINAL });
    const tool = new WeatherTool();
    const inner = trace(tool.callTool.bind(tool), { name: "lookup", spanType: "RETRIEVER" });
    tool.callTool = async (calls) => inner(calls);
    await client.models.generateContent(ask(tool));
    expect((await traces.tree()).slice(2, 4)).toEqual(["  get_weather TOOL", "    lookup RETRIEVER"]);
  });

  it("records each tool's own calls, as the client makes them", async () => {
    const replies = [{ json: response([call("Oslo"), call("Rome"), call("Bergen", "get_tide")]) }, { json: FINAL }];
    const { client } = setUp(...replies);
    const [weather, tide, idle] = [new WeatherTool(), new WeatherTool("get_tide"), new WeatherTool("idle")];
    await client.models.generateContent(ask(weather, tide, idle));
    const runs = (await traces.last()).data.spans.filter(({ spanType }) => spanType === "TOOL");
    expect(runs.map(({ name, inputs }) => [name, inputs])).toEqual([
      ["callTool", [call("Oslo").functionCall, call("Rome").functionCall]],
      ["get_tide", { city: "Bergen" }],
    ]);
    expect(runs[0]?.outputs).toHaveLength(2);
    expect([weather, tide, idle].map(({ asked }) => asked.map((calls) => calls.length))).toEqual([[3], [3], [3]]);
  });

  it("records a tool that throws, and the call that fails with it", async () => {
    const { client } = setUp({ json: ROUND });
    const tool = new WeatherTool();
    tool.callTool = () => Promise.reject(new Error("no such city"));
    await expect(client.models.generateContent(ask(tool))).rejects.toThrow("no such city");
    const { spans } = (await traces.last()).data;
    expect(spans.map(({ name, status }) => [name, status.statusCode])).toEqual([
      ["generateContent", SpanStatusCode.ERROR],
      ["generateContentInternal", SpanStatusCode.OK],
      ["get_weather", SpanStatusCode.ERROR],
    ]);
  });

  it("records a request that fails, and the call that fails with it", async () => {
    const { client } = setUp({ json: ROUND }, { status: 500, json: { error: { code: 500, message: "Internal" } } });
    await expect(client.models.generateContent(ask(new WeatherTool()))).rejects.toThrow("Internal");
    const { spans } = (await traces.last()).data;
    expect(spans.map(({ status }) => status.statusCode === SpanStatusCode.ERROR)).toEqual([true, false, false, true]);
  });

  it("records a tool that cannot say what it declares", async () => {
    const { client } = setUp();
    const tool = new WeatherTool();
    tool.tool = () => Promise.reject(new Error("server is away"));
    await expect(client.models.generateContent(ask(tool))).rejects.toThrow("server is away");
    const span = await traces.onlySpan();
    expect(span.inputs).toMatchObject({ config: { tools: ["[CallableTool]"] } });
  });

  it("keeps the client's own headers for MCP", async () => {
    const { client, calls } = setUp({ json: FINAL });
    const tool = Object.assign(new WeatherTool(), { inputSchema: {} });
    await client.models.generateContent(ask(tool));
    expect(calls[0]?.headers.get("x-goog-api-client")).toMatch(/google-genai-sdk.*mcp_used/);
    expect(calls[0]?.headers.has("traceparent")).toBe(true);
  });

  it("keeps calls that run at the same time apart", async () => {
    const cities = ["Oslo", "Rome", "Lima"];
    const { client } = setUp(
      ...cities.map((city) => ({ json: response([call(city)]) })),
      ...cities.map(() => ({ json: FINAL })),
    );
    const agent = trace(
      (city: string) => client.models.generateContent({ ...ask(new WeatherTool()), contents: city }),
      {
        name: "agent",
      },
    );
    const all = trace(() => Promise.all(cities.map((city) => agent(city))), { name: "all" });
    await all();
    const { spans } = (await traces.last()).data;
    const outer = spans.filter(({ name }) => name === "generateContent");
    expect(outer).toHaveLength(3);
    for (const span of outer) {
      const below = spans.filter(({ parentId }) => parentId === span.spanId).map(({ name }) => name);
      expect(below).toEqual(["generateContentInternal", "get_weather", "generateContentInternal"]);
    }
  });

  it("records the tools alone where somebody has replaced the client's method", async () => {
    const { original, client, calls } = setUp();
    vi.spyOn(original.models, "generateContent").mockImplementation(async ({ config }) => {
      const [tool] = (config?.tools ?? []) as CallableTool[];
      await tool?.callTool([call("Oslo").functionCall]);
      return FINAL as never;
    });
    await client.models.generateContent(ask(new WeatherTool()));
    expect(calls).toHaveLength(0);
    expect(await traces.tree()).toEqual(["generateContent LLM", "  get_weather TOOL"]);
    expect((await traces.last()).info.tokenUsage?.total_tokens).toBe(106);
  });
});

describe("automatic function calling in a stream", () => {
  it("has the same spans, and the rounds before the last as history", async () => {
    const { client, calls } = setUp(
      { chunks: streamed([call("Oslo")]) },
      { chunks: streamed([{ text: "It " }], [{ text: "snows." }]) },
    );
    let text = "";
    for await (const chunk of await client.models.generateContentStream(ask(new WeatherTool()))) {
      text += chunk.candidates?.[0]?.content?.parts?.[0]?.text ?? "";
    }
    expect(text).toBe("It snows.");
    expect(await traces.tree()).toEqual([
      "generateContentStream LLM",
      "  generateContentStreamInternal LLM",
      "  get_weather TOOL",
      "  generateContentStreamInternal LLM",
    ]);
    const { info, data } = await traces.last();
    const [outer, first, , second] = data.spans;
    const content = { parts: [{ text: "It snows." }], role: "model" };
    expect(outer?.outputs).toMatchObject({
      candidates: [{ content }],
      automaticFunctionCallingHistory: [
        { role: "model", parts: [call("Oslo")] },
        { role: "user", parts: [{ functionResponse: { name: "get_weather", response: { result: "Oslo: snow" } } }] },
      ],
    });
    expect(first?.outputs).toMatchObject({ candidates: [{ content: { parts: [call("Oslo")] } }] });
    expect(second?.outputs).toMatchObject({ candidates: [{ content }] });
    expect(info.tokenUsage).toMatchObject({ total_tokens: 62 });
    expect(calls.map(({ headers }) => headers.get("traceparent")?.split("-")[2])).toEqual([
      first?.spanId,
      second?.spanId,
    ]);
  });

  it("ends all spans when the reader breaks", async () => {
    const { client } = setUp({ chunks: streamed([{ text: "It" }], [{ text: " snows." }]), hang: true });
    for await (const _ of await client.models.generateContentStream(ask(new WeatherTool()))) break;
    const { spans } = (await traces.last()).data;
    expect(spans.map(({ outputs }) => JSON.stringify(outputs).includes("snows"))).toEqual([false, false]);
    expect(spans.every(({ status }) => status.statusCode === SpanStatusCode.OK)).toBe(true);
  });
});
