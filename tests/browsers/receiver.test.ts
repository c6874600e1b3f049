import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Receiver } from "./receiver";

const BODY = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: "a" }, { name: "b" }] }] }] });

let receiver: Receiver;
beforeEach(async () => {
  receiver = new Receiver();
  await receiver.listen();
});
afterEach(() => receiver.close());

const post = (uri: string, init: RequestInit = {}) =>
  fetch(`${uri}/v1/traces`, {
    method: "POST",
    body: BODY,
    headers: { origin: "http://page.test", "x-mlflow-experiment-id": "7" },
    ...init,
  });

describe("Receiver", () => {
  it("keeps the spans and infos of each case apart, and allows the page's origin", async () => {
    const [one, two] = [receiver.open("one"), receiver.open("two")];
    const response = await post(one);
    expect(response.headers.get("access-control-allow-origin")).toBe("http://page.test");
    const info = { trace: { trace_info: { trace_id: "tr-1" } } };
    const answer = await fetch(`${one}/api/3.0/mlflow/traces`, { method: "POST", body: JSON.stringify(info) });
    expect(await answer.json()).toEqual(info);
    expect(receiver.received("one")).toMatchObject({ spans: [{ name: "a" }, { name: "b" }], experiments: ["7"] });
    expect(receiver.received("one").infos).toEqual([{ trace_id: "tr-1" }]);
    expect(receiver.received("two").spans).toEqual([]);
    expect((await fetch(`${two}/other`)).status).toBe(404);
    await fetch(`${two}/keepalive`, { method: "POST" });
    expect(receiver.received("two").keepalives).toBe(1);
  });

  it("reads compressed spans", async () => {
    const uri = receiver.open("zipped");
    await post(uri, { body: gzipSync(BODY), headers: { "content-encoding": "gzip" } });
    expect(receiver.received("zipped").spans).toHaveLength(2);
  });

  it("holds as many requests as it was told, and stores nothing of them", async () => {
    const uri = receiver.open("held", 2);
    const stop = new AbortController();
    const held = [1, 2].map(() => post(uri, { signal: stop.signal }).catch(() => "no answer"));
    await fetch(`${uri}/held`);
    expect(receiver.received("held").spans).toEqual([]);
    expect((await post(uri)).status).toBe(200);
    expect(receiver.received("held").spans).toHaveLength(2);
    stop.abort();
    expect(await Promise.all(held)).toEqual(["no answer", "no answer"]);
  });
});
