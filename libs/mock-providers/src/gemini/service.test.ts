import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MockReply, MockRequest } from "../contract";
import { createGemini } from "./index";

const HEADERS = { "x-goog-api-key": "mock-key", "content-type": "application/json" };
const USER = { role: "user", parts: [{ text: "Tell me about fjords." }] };
const MODEL = "/v1beta/models/gemini-2.5-flash";

function request(path: string, body: unknown, change: Partial<MockRequest> = {}): MockRequest {
  const text = typeof body === "string" || body === null ? body : JSON.stringify(body);
  const url = new URL(path, "https://generativelanguage.googleapis.com");
  return { method: "POST", url, headers: HEADERS, body: text, ...change };
}

const ask = (body: object, method = "generateContent") => request(`${MODEL}:${method}`, { contents: [USER], ...body });
const text = (reply: MockReply): string => reply.chunks.map(({ data }) => data).join("");
const json = (reply: MockReply) => JSON.parse(text(reply));
const total = (reply: MockReply): number => reply.chunks.reduce((sum, { delayMs }) => sum + delayMs, 0);
const send = (sent: MockRequest, script?: unknown): MockReply => createGemini({ script }).handle(sent);

const call = { role: "model", parts: [{ functionCall: { name: "f", args: {} } }] };
const result = { functionResponse: { name: "f", response: {} } };
const offer = (...names: string[]) => [{ functionDeclarations: names.map((name) => ({ name })) }];
const generate = (config: object) => ask({ generationConfig: config });

describe("refusals have the API's shape", () => {
  it.each([
    [
      "no key",
      request(`${MODEL}:generateContent`, {}, { headers: {} }),
      403,
      "PERMISSION_DENIED",
      "unregistered callers",
    ],
    ["another path", request("/v2/models", {}), 404, "NOT_FOUND", "/v2/models was not found"],
    ["another method", ask({}, "dream"), 404, "NOT_FOUND", "Method not found: dream"],
    ["a method of objects", ask({}, "toString"), 404, "NOT_FOUND", "Method not found: toString"],
    ["a GET", request(`${MODEL}:generateContent`, null, { method: "GET" }), 405, "UNIMPLEMENTED", "Method Not Allowed"],
    ["no JSON", request(`${MODEL}:generateContent`, "{"), 400, "INVALID_ARGUMENT", "Invalid JSON payload"],
    [
      "deep nesting",
      request(`${MODEL}:generateContent`, "[".repeat(90_000)),
      400,
      "INVALID_ARGUMENT",
      "nested too deeply",
    ],
    ["a JSON array", request(`${MODEL}:generateContent`, []), 400, "INVALID_ARGUMENT", "contents is not specified"],
    ["a JSON text", request(`${MODEL}:generateContent`, '"x"'), 400, "INVALID_ARGUMENT", "Invalid value at ''"],
    ["no body", request(`${MODEL}:generateContent`, null), 400, "INVALID_ARGUMENT", "contents is not specified"],
    ["contents as text", ask({ contents: "Hi" }), 400, "INVALID_ARGUMENT", "Invalid value at 'contents'"],
    [
      "text of numbers",
      ask({ contents: [{ parts: [{ text: 5 }] }] }),
      400,
      "INVALID_ARGUMENT",
      "'contents[0].parts[0].text' (TYPE_STRING), 5",
    ],
    ["no parts", ask({ contents: [{ role: "user" }] }), 400, "INVALID_ARGUMENT", "parts must not be empty"],
    [
      "an empty part",
      ask({ contents: [{ parts: [{ thought: true }] }] }),
      400,
      "INVALID_ARGUMENT",
      "required oneof field 'data'",
    ],
    [
      "a strange role",
      ask({ contents: [{ ...USER, role: "assistant" }] }),
      400,
      "INVALID_ARGUMENT",
      "valid role: user, model",
    ],
    [
      "a response without its call",
      ask({ contents: [{ role: "user", parts: [result] }] }),
      400,
      "INVALID_ARGUMENT",
      "immediately after a function call turn",
    ],
    [
      "too few responses",
      ask({ contents: [USER, { ...call, parts: [...call.parts, ...call.parts] }, { role: "user", parts: [result] }] }),
      400,
      "INVALID_ARGUMENT",
      "number of function response parts",
    ],
    ["a function's name with blanks", ask({ tools: offer("a b") }), 400, "INVALID_ARGUMENT", "Invalid function name"],
    [
      "two functions of one name",
      ask({ tools: offer("a", "a") }),
      400,
      "INVALID_ARGUMENT",
      "Duplicate function declaration",
    ],
    [
      "any function of none",
      ask({ toolConfig: { functionCallingConfig: { mode: "ANY" } } }),
      400,
      "INVALID_ARGUMENT",
      "without function_declarations",
    ],
    [
      "an unknown function allowed",
      ask({ tools: offer("a"), toolConfig: { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["b"] } } }),
      400,
      "INVALID_ARGUMENT",
      "b is not among",
    ],
    ["temperature 3", generate({ temperature: 3 }), 400, "INVALID_ARGUMENT", "range [0.0, 2.0]"],
    ["no output tokens", generate({ maxOutputTokens: 0 }), 400, "INVALID_ARGUMENT", "must be positive"],
    ["nine candidates", generate({ candidateCount: 9 }), 400, "INVALID_ARGUMENT", "range [1, 8]"],
    ["six stops", generate({ stopSequences: ["a", "b", "c", "d", "e", "f"] }), 400, "INVALID_ARGUMENT", "at most 5"],
    [
      "a schema for plain text",
      generate({ responseSchema: { type: "OBJECT" } }),
      400,
      "INVALID_ARGUMENT",
      "response_mime_type",
    ],
    ["a strange mime type", generate({ responseMimeType: "text/html" }), 400, "INVALID_ARGUMENT", "allowed mimetypes"],
    ["nothing to count", request(`${MODEL}:countTokens`, {}), 400, "INVALID_ARGUMENT", "CountTokensRequest.contents"],
    [
      "nothing to embed",
      request("/v1beta/models/gemini-embedding-001:batchEmbedContents", {}),
      400,
      "INVALID_ARGUMENT",
      "requests is not specified",
    ],
    [
      "an empty embedding",
      request("/v1beta/models/gemini-embedding-001:embedContent", { content: { parts: [{ text: "" }] } }),
      400,
      "INVALID_ARGUMENT",
      "content is empty",
    ],
    [
      "a batch for another model",
      request("/v1beta/models/gemini-embedding-001:batchEmbedContents", {
        requests: [{ model: "models/x", content: USER }],
      }),
      400,
      "INVALID_ARGUMENT",
      "requests[0].model",
    ],
    [
      "too many dimensions",
      request("/v1beta/models/text-embedding-004:embedContent", { content: USER, outputDimensionality: 5000 }),
      400,
      "INVALID_ARGUMENT",
      "range [1, 768]",
    ],
  ])("%s", (_name, sent, code, status, message) => {
    const reply = send(sent);
    expect(reply.status).toBe(code);
    expect(json(reply).error).toMatchObject({ code, status, message: expect.stringContaining(message) });
    expect(reply.headers["content-type"]).toBe("application/json; charset=UTF-8");
  });

  it("a script of any form never makes handle throw", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (script) => {
        expect([200, 400]).toContain(send(ask({}), script).status);
      }),
    );
  });
});

describe("requests", () => {
  it("may use snake case, and the key in the address", () => {
    const config = { max_output_tokens: 2, response_mime_type: "text/plain" };
    const sent = request(`${MODEL}:generateContent?key=k`, {
      contents: [USER],
      generation_config: config,
      system_instruction: USER,
    });
    const reply = send({ ...sent, headers: {} });
    expect(json(reply).candidates[0].finishReason).toBe("MAX_TOKENS");
  });

  it("keep the caller's own names as they are", () => {
    const parameters = { type: "OBJECT", properties: { city_name: { type: "STRING" } }, required: ["city_name"] };
    const tools = [{ function_declarations: [{ name: "weather", parameters }] }];
    const contents = [{ parts: [{ text: "The weather in Oslo?" }] }];
    expect(json(send(ask({ contents, tools }))).candidates[0].content.parts[0].functionCall).toEqual({
      name: "weather",
      args: { city_name: "Oslo" },
    });
  });

  it("without alt=sse get a stream as one JSON array", () => {
    const script = [{ reply: { text: "one two three four five six seven eight nine ten eleven" } }];
    const reply = send(ask({}, "streamGenerateContent"), script);
    expect(reply.headers["content-type"]).toContain("application/json");
    expect(reply.chunks.length).toBeGreaterThan(2);
    const parts = json(reply).flatMap(
      (body: { candidates: { content: { parts: { text: string }[] } }[] }) => body.candidates[0]?.content.parts,
    );
    expect(parts.map((part: { text: string }) => part.text).join("")).toContain("ten eleven");
  });

  it("get the same answers for the same sequence, with ids that differ from call to call", () => {
    const run = () => {
      const service = createGemini();
      return [ask({}), ask({}), ask({}, "streamGenerateContent")].map((sent) => service.handle(sent));
    };
    expect(run()).toEqual(run());
    expect(json(run()[0] as MockReply).responseId).not.toBe(json(run()[1] as MockReply).responseId);
  });
});

describe("latency", () => {
  const stream = request(`${MODEL}:streamGenerateContent?alt=sse`, { contents: [USER] });

  it("of a scripted answer is what the script says, streamed or not", () => {
    const script = [{ reply: { text: "A few words that take their time to arrive.", latencyMs: 500 } }];
    expect(total(send(ask({}), script))).toBe(500);
    expect(total(send(stream, script))).toBeCloseTo(500, -1);
  });

  it("can be switched off", () => {
    const service = createGemini({ latency: "off", script: [{ times: 1, reply: { text: "x", latencyMs: 900 } }] });
    const sent = [ask({}), stream, ask({ contents: [] }), ask({}, "countTokens")];
    expect(sent.map((each) => total(service.handle(each)))).toEqual([0, 0, 0, 0]);
  });
});

describe("any request", () => {
  const part = fc.oneof(
    fc.record({ text: fc.string() }),
    fc.record({ functionCall: fc.record({ name: fc.string(), args: fc.dictionary(fc.string(), fc.jsonValue()) }) }),
    fc.record({ functionResponse: fc.record({ name: fc.string(), response: fc.jsonValue() }) }),
    fc.jsonValue(),
  );
  const content = fc.record(
    { role: fc.constantFrom("user", "model", "function", "x"), parts: fc.array(part) },
    { requiredKeys: ["parts"] },
  );
  const declaration = fc.record(
    { name: fc.constantFrom("f", "get_x", ""), parameters: fc.jsonValue(), parametersJsonSchema: fc.jsonValue() },
    { requiredKeys: ["name"] },
  );
  const fields = {
    contents: fc.oneof(fc.array(content), fc.constant([USER]), fc.jsonValue()),
    content,
    requests: fc.jsonValue(),
    systemInstruction: fc.oneof(content, fc.jsonValue()),
    tools: fc.oneof(fc.array(fc.record({ functionDeclarations: fc.array(declaration) })), fc.jsonValue()),
    toolConfig: fc.jsonValue(),
    generationConfig: fc.oneof(
      fc.record({
        responseMimeType: fc.constant("application/json"),
        responseSchema: fc.dictionary(
          fc.constantFrom("type", "properties", "items", "enum", "minItems"),
          fc.jsonValue(),
        ),
      }),
      fc.jsonValue(),
    ),
  };
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record(fields, { requiredKeys: ["contents"] }).map((value) => JSON.stringify(value)),
  );
  const method = fc.constantFrom(
    "generateContent",
    "streamGenerateContent",
    "countTokens",
    "embedContent",
    "batchEmbedContents",
  );
  const model = fc.constantFrom("gemini-2.5-flash", "gemini-embedding-001", "x");

  it("gets an answer or a refusal, never an exception or an internal error", () => {
    const service = createGemini();
    fc.assert(
      fc.property(model, method, body, (name, verb, sent) => {
        const reply = service.handle(request(`/v1beta/models/${name}:${verb}`, sent));
        expect([200, 400, 404]).toContain(reply.status);
      }),
      { numRuns: 1500 },
    );
  });

  it("of great size gets one too", () => {
    const huge = { parts: [{ text: "word ".repeat(1_100_000) }] };
    expect(json(send(ask({ contents: [huge] }))).error.message).toContain("exceeds the maximum number of tokens");
  });

  it("streams what it would answer at once", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1 }),
        fc.integer({ min: 1, max: 60 }),
        (prompt, maxOutputTokens) => {
          const sent = { contents: [{ parts: [{ text: prompt }] }], generationConfig: { maxOutputTokens } };
          const parts = (bodies: { candidates: { content: { parts?: { text: string }[] } }[] }[]) =>
            bodies.flatMap(({ candidates }) => candidates[0]?.content.parts ?? []).map((part) => part.text);
          const whole = parts([json(send(ask(sent)))]);
          expect(parts(json(send(ask(sent, "streamGenerateContent")))).join("")).toBe(whole.join(""));
        },
      ),
    );
  });
});
