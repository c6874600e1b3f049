import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setDiagnosticSink } from "../diagnostics.js";
import { safeStringify } from "../json/safe-json.js";
import { extractAttachments, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from "./extract-attachments.js";
import { MAX_SCANNED_VALUES } from "./object-scan.js";

const TRACE_ID = `tr-${"0af7651916cd43dd8448eb211c80319c"}`;
/** A PNG of one pixel, 70 bytes. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
const PNG_URL = `data:image/png;base64,${PNG}`;
const REFERENCE = /^mlflow-attachment:\/\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\?/;

const extract = (value: unknown) => extractAttachments(value, TRACE_ID);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** The value with each reference reduced to its media type and size, e.g. `<image/png 70>`. */
function shape(value: unknown): unknown {
  const references = /mlflow-attachment:\/\/[0-9a-f-]{36}\?content_type=([^&]*)&trace_id=tr-[0-9a-f]{32}&size=(\d+)/g;
  const text = safeStringify(value).replace(references, (_, type, size) => `<${decodeURIComponent(type)} ${size}>`);
  return JSON.parse(text);
}

describe("what is taken out", () => {
  const source = { type: "base64", media_type: "image/png", data: PNG };
  const taken = "<image/png 70>";
  it.each([
    ["Anthropic image", { type: "image", source }, { type: "image", source: { ...source, data: taken } }],
    [
      "Anthropic document",
      { type: "document", source: { ...source, media_type: "application/pdf" } },
      { type: "document", source: { ...source, media_type: "application/pdf", data: "<application/pdf 70>" } },
    ],
    [
      "Anthropic image in a tool result",
      { type: "tool_result", content: [{ type: "image", source }] },
      { type: "tool_result", content: [{ type: "image", source: { ...source, data: taken } }] },
    ],
    ["Anthropic image by URL", { source: { type: "url", url: PNG_URL } }, { source: { type: "url", url: taken } }],
    [
      "OpenAI image",
      { type: "image_url", image_url: { url: PNG_URL, detail: "low" } },
      { type: "image_url", image_url: { url: taken, detail: "low" } },
    ],
    ["OpenAI input_image", { type: "input_image", image_url: PNG_URL }, { type: "input_image", image_url: taken }],
    [
      "OpenAI input_file",
      { type: "input_file", filename: "a.pdf", file_data: `data:application/pdf;base64,${PNG}` },
      { type: "input_file", filename: "a.pdf", file_data: "<application/pdf 70>" },
    ],
    [
      "OpenAI input_audio",
      { type: "input_audio", input_audio: { data: PNG, format: "mp3" } },
      { type: "input_audio", input_audio: { data: "<audio/mpeg 70>", format: "mp3" } },
    ],
    [
      "OpenAI audio answer",
      { audio: { id: "audio_1", data: PNG, transcript: "hi" } },
      { audio: { id: "audio_1", data: "<audio/wav 70>", transcript: "hi" } },
    ],
    [
      "OpenAI generated image",
      { type: "image_generation_call", output_format: "webp", result: PNG },
      { type: "image_generation_call", output_format: "webp", result: "<image/webp 70>" },
    ],
    ["OpenAI images", { data: [{ b64_json: PNG }] }, { data: [{ b64_json: taken }] }],
    [
      "Gemini blob",
      { inlineData: { mimeType: "image/png", data: PNG } },
      { inlineData: { mimeType: "image/png", data: taken } },
    ],
    [
      "Gemini blob in Python's spelling, without a type",
      { inline_data: { data: PNG } },
      { inline_data: { data: "<application/octet-stream 70>" } },
    ],
    [
      "AI SDK file of bytes",
      { type: "file", mediaType: "image/png", data: new Uint8Array([1, 2, 3]) },
      { type: "file", mediaType: "image/png", data: "<image/png 3>" },
    ],
    [
      "AI SDK image",
      { type: "image", image: base64(Buffer.from("GIF89a")) },
      { type: "image", image: "<image/gif 6>" },
    ],
    [
      "LangChain.js block",
      { type: "audio", mimeType: "audio/wav", data: PNG },
      { type: "audio", mimeType: "audio/wav", data: "<audio/wav 70>" },
    ],
    [
      "Bedrock image",
      { image: { format: "jpeg", source: { bytes: new Uint8Array(5) } } },
      { image: { format: "jpeg", source: { bytes: "<image/jpeg 5>" } } },
    ],
    ["a data URL anywhere", ["x", { text: PNG_URL }], ["x", { text: taken }]],
    ["a data URL alone", PNG_URL, taken],
    [
      "a data URL with parameters",
      { url: "data:image/svg+xml;charset=utf-8;base64,PHN2Zy8+" },
      { url: "<image/svg+xml;charset=utf-8 6>" },
    ],
  ])("%s", (_name, value, expected) => {
    const original = structuredClone(value);
    expect(shape(extract(value).value)).toEqual(expected);
    expect(extract(value).attachments).toHaveLength(1);
    expect(value).toEqual(original);
  });

  it("has an id, a media type and the bytes", () => {
    const { value, attachments, skipped } = extract({ url: PNG_URL });
    expect(attachments).toHaveLength(1);
    const [{ id, contentType, data } = { id: "", contentType: "", data: new Uint8Array() }] = attachments;
    expect(contentType).toBe("image/png");
    expect(base64(data)).toBe(PNG);
    expect(skipped).toBe(0);
    const url = `mlflow-attachment://${id}?content_type=image%2Fpng&trace_id=${TRACE_ID}&size=70`;
    expect(value).toEqual({ url });
    expect(url).toMatch(REFERENCE);
  });

  it("gives each part an id of its own", () => {
    const { attachments } = extract([PNG_URL, PNG_URL]);
    expect(new Set(attachments.map(({ id }) => id)).size).toBe(2);
  });

  it("keeps any bytes, whatever their number", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { attachments } = extract({ url: `data:application/x;base64,${base64(bytes)}` });
        expect([...(attachments[0]?.data ?? [])]).toEqual([...bytes]);
      }),
    );
  });

  it("does not follow later changes of the bytes", () => {
    const data = new Uint8Array([1, 2, 3]);
    const { attachments } = extract({ inlineData: { mimeType: "image/png", data } });
    data.fill(0);
    expect([...(attachments[0]?.data ?? [])]).toEqual([1, 2, 3]);
  });
});

describe("what stays", () => {
  it.each([
    ["a URL", { type: "image_url", image_url: { url: "https://pictures.example/red.png" } }],
    ["an image by URL in the AI SDK", { type: "image", image: "https://pictures.example/red.png" }],
    ["a data URL that is not base64", { url: "data:text/plain,hello" }],
    ["a data URL without a media type", { url: `data:;base64,${PNG}` }],
    ["a data URL within a text", { text: `see ${PNG_URL}` }],
    ["a data URL and more", { text: `${PNG_URL} and more` }],
    ["a text document", { type: "document", source: { type: "text", media_type: "text/plain", data: "abcd" } }],
    ["what is no base64", { type: "image", source: { type: "base64", media_type: "image/png", data: "***" } }],
    ["base64 with white space", { inlineData: { mimeType: "image/png", data: "iVBO Rw0K\nGgo=" } }],
    ["base64 without its padding", { inlineData: { mimeType: "image/png", data: "iVBORw0KGgo" } }],
    ["URL-safe base64", { inlineData: { mimeType: "image/png", data: "-_-_" } }],
    ["padding alone", { inlineData: { mimeType: "image/png", data: "====" } }],
    ["an earlier reference", { inlineData: { mimeType: "image/png", data: `mlflow-attachment://x?size=1` } }],
    ["other data", { data: PNG, mimeType: "image/png", result: PNG, bytes: PNG, image: PNG }],
    ["no data", { type: "image_generation_call", result: null }],
  ])("%s", (_name, value) => {
    const extracted = extract(value);
    expect(extracted).toEqual({ value, attachments: [], skipped: 0 });
    expect(extracted.value).toBe(value);
  });

  it.each([undefined, null, 7, 7n, true, "text", Symbol("s"), () => PNG_URL])("a value without parts: %s", (value) => {
    expect(extract(value).value).toBe(value);
  });

  it("objects with a JSON form of their own, maps and typed arrays", () => {
    const own = { url: PNG_URL, toJSON: () => "own" };
    const value = [own, new Map([["url", PNG_URL]]), new Float64Array(1_000_000), new Date(0)];
    expect(extract(value).value).toBe(value);
  });
});

describe("the copy", () => {
  it("shares whatever is not on the way to a replaced part", () => {
    const value = { messages: [{ content: [{ url: PNG_URL }] }, { content: "text" }], tools: [{ name: "t" }] };
    const copy = extract(value).value as typeof value;
    expect(copy.tools).toBe(value.tools);
    expect(copy.messages[1]).toBe(value.messages[1]);
    expect(copy.messages).not.toBe(value.messages);
    expect(copy.messages[0]?.content).not.toBe(value.messages[0]?.content);
  });

  it("keeps cycles closed and shared parts shared", () => {
    const part = { url: PNG_URL };
    const value: Record<string, unknown> = { first: part, list: [part] };
    value.self = value;
    value.deep = { up: value };
    const copy = extract(value).value as typeof value & { list: unknown[]; deep: { up: unknown } };
    expect(copy).not.toBe(value);
    expect(copy.self).toBe(copy);
    expect(copy.deep.up).toBe(copy);
    expect(copy.list[0]).toBe(copy.first);
    expect(safeStringify(copy)).not.toContain(PNG);
    expect(extract(value).attachments).toHaveLength(1);
  });

  it("copes with frozen values and class instances", () => {
    class Part {
      readonly #secret = 1;
      url = PNG_URL;
      get secret(): number {
        return this.#secret;
      }
    }
    const value = Object.freeze({ parts: Object.freeze([Object.freeze(new Part())]) });
    const copy = extract(value).value as { parts: Part[] };
    expect(copy.parts[0]).toBeInstanceOf(Part);
    expect(copy.parts[0]?.url).toMatch(REFERENCE);
    expect(value.parts[0]?.url).toBe(PNG_URL);
  });

  it("reads no getter twice and changes none", () => {
    let reads = 0;
    const value = {
      get fresh() {
        reads++;
        return { url: PNG_URL };
      },
    };
    expect(shape(extract(value).value)).toEqual({ fresh: { url: "<image/png 70>" } });
    expect(reads).toBe(1);
    expect(Object.getOwnPropertyDescriptor(value, "fresh")?.get).toBeDefined();
  });

  it("treats __proto__ as any other key", () => {
    const value = JSON.parse(`{"__proto__":{"url":"${PNG_URL}"}}`);
    const copy = extract(value).value as object;
    expect(Object.keys(copy)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  it("is equal to the value with its parts put back", () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant(PNG_URL));
    const tree = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: "small" }, leaf, fc.array(tie("any")), fc.dictionary(fc.string(), tie("any"))),
    })).any;
    fc.assert(
      fc.property(tree, (value) => {
        const before = safeStringify(value);
        const { value: copy, attachments } = extract(value);
        const back = attachments.reduce(
          (text, { id, data }) =>
            text.replace(new RegExp(`mlflow-attachment://${id}[^"]*`), `data:image/png;base64,${base64(data)}`),
          safeStringify(copy),
        );
        expect(back).toBe(before);
        expect(safeStringify(value)).toBe(before);
      }),
    );
  });
});

describe("hostile values", () => {
  const throwing = Object.defineProperty({}, "url", {
    enumerable: true,
    get() {
      throw new Error("no");
    },
  });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();

  it.each([
    ["a getter that throws", throwing],
    ["a revoked proxy", proxy],
    ["a proxy that refuses to be listed", new Proxy({}, { ownKeys: () => JSON.parse("{") })],
    ["an object whose toJSON throws when read", Object.defineProperty({}, "toJSON", { get: () => JSON.parse("{") })],
  ])("does not stumble over %s", (_name, hostile) => {
    const extracted = extract([hostile, { url: PNG_URL }]);
    expect(extracted.attachments).toHaveLength(1);
    expect((extracted.value as unknown[])[0]).toBe(hostile);
    expect(extract(hostile).value).toBe(hostile);
  });

  it("does not throw when the copy is refused", () => {
    const problems: string[] = [];
    const restore = setDiagnosticSink((problem) => problems.push(problem));
    const value = new Proxy({ url: PNG_URL }, { getPrototypeOf: () => JSON.parse("{") });
    const extracted = extract(value);
    restore();
    expect([extracted.value === value, extracted.attachments, extracted.skipped]).toEqual([true, [], 1]);
    expect(problems).toEqual(["Failed to take the attachments out of a value"]);
  });
});

describe("limits", () => {
  it("leaves more attachments than allowed inline and counts them", () => {
    const value = Array.from({ length: MAX_ATTACHMENTS + 3 }, () => PNG_URL);
    const { value: copy, attachments, skipped } = extract(value);
    expect([attachments.length, skipped]).toEqual([MAX_ATTACHMENTS, 3]);
    expect((copy as string[]).slice(-4).map((url) => REFERENCE.test(url))).toEqual([true, false, false, false]);
  });

  it("leaves inline what would be too many bytes together", () => {
    const data = new Uint8Array(MAX_ATTACHMENT_BYTES - 100);
    const value = [
      { type: "file", mimeType: "x/y", data },
      { data: `data:x/y;base64,${"A".repeat(400)}` },
      { data: PNG_URL },
    ];
    const { attachments, skipped } = extract(value);
    expect([attachments.map((attachment) => attachment.data.byteLength), skipped]).toEqual([[data.length, 70], 1]);
  });

  it("stops looking in endless values, and says so", () => {
    const long = Array.from({ length: MAX_SCANNED_VALUES - 1 }, () => 0);
    const { attachments, skipped } = extract([PNG_URL, long, [{ url: PNG_URL }]]);
    expect([attachments.length, skipped]).toEqual([1, 1]);
    const sparse: unknown[] = new Array(4_000_000_000);
    sparse[0] = PNG_URL;
    const parts = extract([sparse, PNG_URL]);
    expect([parts.attachments.length, parts.skipped]).toEqual([1, 1]);
    expect((parts.value as unknown[])[0] === sparse).toBe(true);
    const endless: object = {
      get next() {
        return Object.create(Object.prototype, Object.getOwnPropertyDescriptors(endless));
      },
    };
    expect(extract(endless).skipped).toBe(1);
  });

  it("does not mind depth", () => {
    let deep: unknown = PNG_URL;
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(extract(deep).attachments).toHaveLength(1);
  });
});
