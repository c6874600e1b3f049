import { describe, expect, it } from "vitest";
import { translateSpanForMlflow, translateSpansForMlflow } from "./span-processor.js";

type Attributes = Record<string, unknown>;

function translated(operation: string, attributes: Attributes = {}): { name: string; attributes: Attributes } {
  const span = { name: operation, attributes: { "ai.operationId": operation, ...attributes } };
  expect(translateSpanForMlflow(span)).toBe(span);
  return span;
}

const json = (value: unknown) => JSON.parse(String(value));

describe("translateSpanForMlflow", () => {
  it.each([
    ["ai.generateText", "LLM"],
    ["ai.generateText.doGenerate", "LLM"],
    ["ai.streamText", "LLM"],
    ["ai.streamText.doStream", "LLM"],
    ["ai.generateObject", "LLM"],
    ["ai.generateObject.doGenerate", "LLM"],
    ["ai.streamObject", "LLM"],
    ["ai.streamObject.doStream", "LLM"],
    ["ai.toolCall", "TOOL"],
    ["ai.embed", "EMBEDDING"],
    ["ai.embed.doEmbed", "EMBEDDING"],
    ["ai.embedMany", "EMBEDDING"],
    ["ai.embedMany.doEmbed", "EMBEDDING"],
    ["ai.somethingNew", undefined],
  ])("%s is %s, a bare text", (operation, type) => {
    expect(translated(operation).attributes["mlflow.spanType"]).toBe(type);
  });

  it.each([
    ["ai.generateText", undefined],
    ["ai.streamObject.doStream", "vercel_ai"],
    ["ai.generateText.doGenerate", "vercel_ai"],
    ["ai.embed.doEmbed", undefined],
  ])("%s has the message format %s", (operation, format) => {
    expect(translated(operation).attributes["mlflow.message.format"]).toBe(format);
  });

  it("names a tool call after its tool, and nothing else", () => {
    expect(translated("ai.toolCall", { "ai.toolCall.name": "weather" }).name).toBe("weather");
    expect(translated("ai.toolCall").name).toBe("ai.toolCall");
    expect(translated("ai.generateText", { "ai.toolCall.name": "weather" }).name).toBe("ai.generateText");
  });

  it("takes a request's prompt and response whole, decoded", () => {
    const { attributes } = translated("ai.generateText.doGenerate", {
      "ai.prompt.messages": JSON.stringify(JSON.stringify([{ role: "user", content: "Hi" }])),
      "ai.prompt.tools": ['{"name":"a"}', '{"name":"b"}'],
      "ai.prompt.toolChoice": '{"type":"auto"}',
      "ai.prompt": "not this",
      "ai.response.text": "7",
      "ai.response.toolCalls": '[{"toolName":"a"}]',
      "ai.response.msToFinish": 12.5,
    });
    expect(json(attributes["mlflow.spanInputs"])).toEqual({
      messages: [{ role: "user", content: "Hi" }],
      tools: [{ name: "a" }, { name: "b" }],
      toolChoice: { type: "auto" },
    });
    expect(json(attributes["mlflow.spanOutputs"])).toEqual({
      text: "7",
      toolCalls: [{ toolName: "a" }],
      msToFinish: 12.5,
    });
  });

  it.each<[string, Attributes, unknown, unknown]>([
    ["ai.generateText", { "ai.prompt": '{"prompt":"Hi"}', "ai.response.text": "Hello" }, { prompt: "Hi" }, "Hello"],
    ["ai.generateText", { "ai.prompt": "plain", "ai.response.text": '{"a":1}' }, "plain", '{"a":1}'],
    ["ai.toolCall", { "ai.toolCall.args": '{"a":1}', "ai.toolCall.result": "[2]" }, { a: 1 }, [2]],
    ["ai.embed", { "ai.value": '"x"', "ai.embedding": "[1,2]" }, "x", [1, 2]],
    ["ai.embedMany", { "ai.values": ['"x"', '"y"'], "ai.embeddings": ["[1]", "[2]"] }, ["x", "y"], [[1], [2]]],
    [
      "ai.generateObject",
      { "ai.prompt": '{"prompt":"o"}', "ai.response.object": '{"a":1}' },
      { prompt: "o" },
      { a: 1 },
    ],
  ])("%s: what went in and came out", (operation, attributes, inputs, outputs) => {
    const span = translated(operation, attributes);
    expect(json(span.attributes["mlflow.spanInputs"])).toEqual(inputs);
    expect(json(span.attributes["mlflow.spanOutputs"])).toEqual(outputs);
  });

  it("prefers the AI SDK's model and provider", () => {
    const gen = { "gen_ai.system": "g", "gen_ai.request.model": "asked", "gen_ai.response.model": "answered" };
    const { attributes } = translated("ai.generateText", gen);
    expect([attributes["mlflow.llm.model"], attributes["mlflow.llm.provider"]]).toEqual(["asked", "g"]);
    const both = translated("ai.generateText", { ...gen, "ai.model.id": "m", "ai.model.provider": "p" }).attributes;
    expect([both["mlflow.llm.model"], both["mlflow.llm.provider"]]).toEqual(["m", "p"]);
    expect(translated("ai.generateText", { "gen_ai.response.model": "r" }).attributes["mlflow.llm.model"]).toBe("r");
  });

  it.each<[Attributes, unknown]>([
    [{ "gen_ai.usage.input_tokens": 1, "ai.usage.inputTokens": 8, "ai.usage.outputTokens": 2 }, [1, 2, 3]],
    [{ "ai.usage.promptTokens": 4, "ai.usage.completionTokens": 5 }, [4, 5, 9]],
    [{ "ai.usage.inputTokens": "6", "ai.usage.outputTokens": "7" }, [6, 7, 13]],
    [{ "ai.usage.outputTokens": 7 }, [0, 7, 7]],
    [{ "ai.usage.inputTokens": 7 }, [7, 0, 7]],
    [{ "ai.usage.inputTokens": Number.NaN, "ai.usage.promptTokens": 3 }, [3, 0, 3]],
    [{ "ai.usage.inputTokens": "many" }, undefined],
    [{}, undefined],
  ])("counts the tokens of %j", (attributes, counts) => {
    const usage = translated("ai.generateText", attributes).attributes["mlflow.chat.tokenUsage"];
    expect(usage === undefined ? undefined : Object.values(json(usage))).toEqual(counts);
  });

  it("counts cached tokens where they are reported", () => {
    const { attributes } = translated("ai.generateText", {
      "ai.usage.inputTokens": 9,
      "ai.usage.inputTokenDetails.cacheReadTokens": 4,
      "ai.usage.inputTokenDetails.cacheWriteTokens": 3,
    });
    expect(json(attributes["mlflow.chat.tokenUsage"])).toMatchObject({
      cache_read_input_tokens: 4,
      cache_creation_input_tokens: 3,
    });
  });

  it("never overwrites what is there", () => {
    const own = { "mlflow.spanType": "AGENT", "mlflow.spanInputs": '"mine"', "mlflow.llm.model": "mine" };
    expect(translated("ai.generateText", { ...own, "ai.prompt": "x", "ai.model.id": "m" }).attributes).toMatchObject(
      own,
    );
  });

  it("leaves others' spans alone, and survives any span", () => {
    const other = { name: "GET", attributes: { "http.method": "GET", "ai.prompt": "x" } };
    const odd = { name: "odd", attributes: { "ai.operationId": 5 } };
    const frozen = Object.freeze({ name: "f", attributes: Object.freeze({ "ai.operationId": "ai.toolCall" }) });
    const none = { name: "none", attributes: undefined as never };
    const all = [other, odd, frozen, none];
    const before = JSON.stringify(all);
    expect(translateSpansForMlflow(all)).toBe(all);
    expect(JSON.stringify(all)).toBe(before);
  });
});
