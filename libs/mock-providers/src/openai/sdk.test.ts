import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { connect } from "./connect";

const HELLO = { model: "gpt-4o-mini", messages: [{ role: "user" as const, content: "Hello" }] };
const cosine = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

describe("embeddings through the official SDK", () => {
  const embed = async (input: string[], more: object = {}) => {
    const result = await connect().client.embeddings.create({ model: "text-embedding-3-small", input, ...more });
    return result.data.map(({ embedding }) => embedding);
  };

  it("are vectors of length 1, nearer for texts that share words", async () => {
    const [boat = [], boats = [], stock = []] = await embed([
      "The boat lies in the harbour of Bergen.",
      "Boats in Bergen's harbour",
      "Interest rates rose again last quarter.",
    ]);
    expect(boat).toHaveLength(1536);
    expect(cosine(boat, boat)).toBeCloseTo(1, 5);
    expect(cosine(boat, boats)).toBeGreaterThan(0.5);
    expect(Math.abs(cosine(boat, stock))).toBeLessThan(0.2);
  });

  it("are the same as floats and in base64, and every time", async () => {
    const [floats] = await embed(["Oslo"], { encoding_format: "float" });
    const [decoded] = await embed(["Oslo"]);
    expect(decoded).toEqual(floats);
  });

  it("have the dimensions asked for, the beginning of the longer vector", async () => {
    const [short = []] = await embed(["A fjord in winter"], { dimensions: 256 });
    const [long = []] = await embed(["A fjord in winter"], { model: "text-embedding-3-large" });
    expect([short.length, long.length]).toEqual([256, 3072]);
    expect(cosine(short, short)).toBeCloseTo(1, 5);
    expect(cosine(short, long.slice(0, 256)) / Math.sqrt(cosine(long.slice(0, 256), long.slice(0, 256)))).toBeCloseTo(
      1,
      4,
    );
  });

  it("take tokens for texts, and count", async () => {
    const { client } = connect();
    const model = "text-embedding-3-small";
    const tokens = await client.embeddings.create({ model, input: [[1, 2, 3], [4]] });
    expect(tokens).toMatchObject({ object: "list", data: [{ index: 0 }, { index: 1 }], usage: { prompt_tokens: 4 } });
    expect((await client.embeddings.create({ model, input: [1, 2, 3] })).data).toHaveLength(1);
  });

  it.each([
    [{ input: "" }, "must not be empty"],
    [{ input: [] }, "Invalid 'input': empty array"],
    [{ input: ["a", 1] }, "expected a string"],
    [{ input: Array(2049).fill("x") }, "maximum length 2048"],
    [{ dimensions: 5000 }, "Must be less than or equal to 1536"],
    [{ dimensions: 0 }, "integer below minimum value"],
    [{ model: "text-embedding-ada-002", dimensions: 10 }, "does not support specifying dimensions"],
    [{ input: "word ".repeat(9000) }, "maximum context length is 8192 tokens"],
    [{ encoding_format: "hex" }, "Supported values are: 'float', and 'base64'"],
  ])("refuse %#", async (change, message) => {
    const request = { model: "text-embedding-3-small", input: "Oslo", ...change } as never;
    const error = await connect()
      .client.embeddings.create(request)
      .catch((e) => e);
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error.message).toContain(message);
  });
});

describe("the other endpoints through the official SDK", () => {
  it("moderations flag by words", async () => {
    const { client } = connect();
    const { results, model } = await client.moderations.create({ input: ["I will kill you", "A calm lake"] });
    expect(model).toBe("omni-moderation-2024-09-26");
    expect(results.map(({ flagged }) => flagged)).toEqual([true, false]);
    expect(results[0]?.categories).toMatchObject({ violence: true, sexual: false });
    expect(results[0]?.category_scores.violence).toBeGreaterThan(0.9);
    const mixed = await client.moderations.create({
      input: [
        { type: "text", text: "A calm lake" },
        { type: "image_url", image_url: { url: "https://pictures.example/lake.png" } },
      ],
    });
    expect(mixed.results).toHaveLength(1);
    expect(mixed.results[0]?.category_applied_input_types).toMatchObject({
      violence: ["text", "image"],
      hate: ["text"],
    });
  });

  it("models are listed and found", async () => {
    const { client } = connect();
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining(["gpt-4o", "gpt-4o-2024-08-06", "text-embedding-3-small"]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(await client.models.retrieve("gpt-4o-2024-08-06")).toEqual({
      id: "gpt-4o-2024-08-06",
      object: "model",
      created: Date.UTC(2024, 7, 6) / 1000,
      owned_by: "system",
    });
    await expect(client.models.retrieve("gpt-99")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("legacy completions answer, echo and stream", async () => {
    const { client } = connect([{ reply: { text: "one two three" } }]);
    const request = { model: "gpt-3.5-turbo-instruct", prompt: ["Count: ", "Again: "], max_tokens: 9 };
    const whole = await client.completions.create({ ...request, echo: true });
    expect(whole.choices.map(({ text }) => text)).toEqual(["Count: one two three", "Again: one two three"]);
    expect(whole).toMatchObject({ object: "text_completion", choices: [{ finish_reason: "stop" }, { index: 1 }] });
    let streamed = "";
    for await (const chunk of await client.completions.create({ ...request, prompt: "Count", stream: true }))
      streamed += chunk.choices[0]?.text ?? "";
    expect(streamed).toBe("one two three");
  });
});

describe("errors, as the SDK's classes", () => {
  const failed = (change: object, options = {}, script?: unknown) =>
    connect(script, options)
      .client.chat.completions.create({ ...HELLO, ...change })
      .catch((error) => error);

  it("401 for a key that calls itself bad", async () => {
    const error = await failed({}, { apiKey: "sk-proj-invalid-0000-abcd" });
    expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
    expect(error).toMatchObject({ status: 401, code: "invalid_api_key", type: "invalid_request_error" });
    expect(error.message).toContain("sk-p*****************abcd");
    expect(error.requestID).toMatch(/^req_/);
  });

  it("404 for an unknown model, and for one of another endpoint", async () => {
    const unknown = await failed({ model: "gpt-99" });
    expect(unknown).toBeInstanceOf(OpenAI.NotFoundError);
    expect(unknown).toMatchObject({ code: "model_not_found", param: null });
    expect(await failed({ model: "text-embedding-3-small" })).toMatchObject({ status: 404, param: "model" });
    expect(await failed({ model: "ft:gpt-4o-mini-2024-07-18:me::1" })).toMatchObject({
      model: "ft:gpt-4o-mini-2024-07-18:me::1",
    });
  });

  it.each([
    [429, "rate_limit_exceeded", OpenAI.RateLimitError],
    [403, "unsupported_country", OpenAI.PermissionDeniedError],
    [400, "context_length_exceeded", OpenAI.BadRequestError],
    [503, "overloaded", OpenAI.InternalServerError],
  ])("%i of a script", async (status, code, errorClass) => {
    const error = await failed({}, {}, [
      { reply: { error: { status, code, type: "requests", message: "Scripted", param: "messages" } } },
    ]);
    expect(error).toBeInstanceOf(errorClass);
    expect(error.error).toEqual({ message: "Scripted", type: "requests", param: "messages", code });
  });

  it("retries and succeeds", async () => {
    const error = { status: 429, type: "requests", message: "Slow down", retryAfter: 0.01 };
    const { client, exchanges } = connect([{ times: 1, reply: { error } }, { reply: { text: "Now." } }], {
      maxRetries: 2,
    });
    expect((await client.chat.completions.create(HELLO)).choices[0]?.message.content).toBe("Now.");
    expect(exchanges.map(({ status }) => status)).toEqual([429, 200]);
  });

  it("says where a script is wrong", async () => {
    const error = await failed({}, {}, [{ reply: { txt: "typo" } }]);
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error.message).toContain("script of the mocked OpenAI API is not valid: 0.reply.txt");
  });
});

describe("breaking off", () => {
  it("aborts before the answer", async () => {
    const { client, exchanges } = connect();
    const controller = new AbortController();
    const pending = client.chat.completions.create(HELLO, { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    expect(exchanges.every(({ status }) => status === 0)).toBe(true);
  });

  it("leaves a stream early", async () => {
    const { client, exchanges } = connect([{ reply: { text: "word ".repeat(400) } }]);
    for await (const _chunk of await client.chat.completions.create({ ...HELLO, stream: true })) break;
    await expect.poll(() => exchanges.length).toBe(1);
  });
});
