import { createHash, randomUUID } from "node:crypto";
import { flushTraces, init, MlflowClient, startCall } from "mlflow-tracing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testEnvironment } from "./support/environment";
import type { Style } from "./support/expected";
import { type ProxyWithoutOtlp, startProxyWithoutOtlp } from "./support/proxy";
import { callPython, readWithPython } from "./support/python";

/** Bytes of every value, in an order that does not repeat soon. */
function bytes(length: number): Buffer {
  const block = createHash("sha256").update(String(length)).digest();
  return Buffer.from(Uint8Array.from({ length }, (_, at) => (block[at % 32] ?? 0) ^ at ^ (at >> 8)));
}

const PNG = bytes(70_001);
const PDF = bytes(3);
const LARGE = bytes(5 * 1024 * 1024);
const REFERENCE = /^mlflow-attachment:\/\/([0-9a-f-]{36})\?content_type=([^&]+)&trace_id=(tr-[0-9a-f]{32})&size=(\d+)$/;

const request = {
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "image_url", image_url: { url: `data:image/png;base64,${PNG.toString("base64")}` } },
        {
          type: "document",
          source: { type: "base64", media_type: "application/pdf", data: PDF.toString("base64") },
        },
      ],
    },
  ],
};
const answer = { data: [{ b64_json: LARGE.toString("base64") }] };

describe.each<Style>(["otlp", "traces.json"])("attachments of traces that we write by %s", (style) => {
  const client = new MlflowClient({ trackingUri: testEnvironment().trackingUri });
  let proxy: ProxyWithoutOtlp;
  let traceId: string;
  let references: string[];

  beforeAll(async () => {
    proxy = await startProxyWithoutOtlp(client.getHost());
    const experimentId = await client.createExperiment(`attach ${style} ${randomUUID()}`);
    init({ trackingUri: style === "otlp" ? client.getHost() : proxy.uri, experimentId });
    const call = startCall({ name: "call", spanType: "CHAT_MODEL", inputs: request });
    if (!call) throw new Error("Nothing is recorded.");
    traceId = call.span.traceId;
    call.finish(answer);
    await flushTraces();
    const [trace] = await readWithPython([traceId]);
    const [{ inputs, outputs } = { inputs: null, outputs: null }] = Object.values(trace?.spans ?? {});
    references = JSON.stringify([inputs, outputs]).match(/mlflow-attachment:[^"]+/g) ?? [];
  });
  afterAll(() => proxy.close());

  it("are referred to by their type, trace and size", () => {
    const parts = references.map((reference) => REFERENCE.exec(reference)?.slice(2));
    expect(parts).toEqual([
      ["image%2Fpng", traceId, String(PNG.length)],
      ["application%2Fpdf", traceId, String(PDF.length)],
      ["image%2Fpng", traceId, String(LARGE.length)],
    ]);
  });

  it("come back to our client byte by byte", async () => {
    const ids = references.map((reference) => REFERENCE.exec(reference)?.[1] ?? "");
    const found = await Promise.all(ids.map((id) => client.downloadAttachment(traceId, id)));
    expect(found.map((data) => Buffer.from(data).equals(PNG))).toEqual([true, false, false]);
    expect(Buffer.from(found[1] ?? []).equals(PDF)).toBe(true);
    expect(Buffer.from(found[2] ?? []).equals(LARGE)).toBe(true);
  });

  it("come back to Python byte by byte", async () => {
    const found = await callPython<[string, string, string][]>("get_attachments", { trace_id: traceId });
    expect(found.map(([, type]) => type)).toEqual(["image/png", "application/pdf", "image/png"]);
    const equal = [PNG, PDF, LARGE].map((data, at) => data.equals(Buffer.from(found[at]?.[2] ?? "", "base64")));
    expect(equal).toEqual([true, true, true]);
  });

  it("are none where there is none", async () => {
    await expect(client.downloadAttachment(traceId, randomUUID())).rejects.toMatchObject({ status: 404 });
  });
});
