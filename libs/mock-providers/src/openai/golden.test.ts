import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MockReply } from "../contract";
import { eventShapes, shape } from "../provider/shape";
import { createOpenAI } from "./index";

/** Exchanges that MLflow's Python integration was recorded with. */
interface Recorded {
  readonly request: { readonly path: string; readonly body: Record<string, unknown> };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body?: Record<string, unknown>;
    readonly sse?: string;
  };
}

/** Where an answer differs from the recorded one, with the reason. */
const DIFFERENCES: Readonly<Record<string, (recorded: string) => string>> = {
  // The API names the kind of summary that it chose for "auto"; the recorded server left it out.
  "responses-reasoning 0": (sse) =>
    sse.replaceAll('{"effort":"low","summary":null}', '{"effort":"low","summary":"detailed"}'),
};

const recorded: Record<string, Recorded[]> = JSON.parse(
  readFileSync(new URL("./fixtures/exchanges.json", import.meta.url), "utf8"),
);
const cases = Object.entries(recorded).flatMap(([name, exchanges]) =>
  exchanges.map((exchange, index) => [`${name} ${index}`, exchange] as const),
);

const textOf = (reply: MockReply): string => reply.chunks.map(({ data }) => data).join("");

/** Texts of a stream, whichever endpoint it comes from. */
function streamedText(sse: string): string {
  const deltas =
    /"delta":\{"content":("(?:[^"\\]|\\.)*")|"type":"response.output_text.delta".*?"delta":("(?:[^"\\]|\\.)*")/g;
  return [...sse.matchAll(deltas)].map((match) => JSON.parse(match[1] ?? match[2] ?? '""')).join("");
}

/** The recorded answer as a script, so that both say the same. */
function toScript({ response }: Recorded): unknown {
  const body = JSON.stringify(response.body ?? {});
  const error = response.body?.error;
  if (error) {
    const { message, type, param, code } = error as Record<string, string | null>;
    return [{ reply: { error: { status: response.status, message, type, param: param ?? undefined, code } } }];
  }
  const text = response.sse
    ? streamedText(response.sse)
    : JSON.parse(/"(?:content|text)":("(?:[^"\\]|\\.)*")/.exec(body)?.[1] ?? '""');
  const called = /get_weather/.test(response.sse ?? body);
  const input = { city: "Tromsø", unit: "celsius" };
  return [{ reply: { text, ...(called ? { toolCalls: [{ name: "get_weather", input }] } : {}), thinking: "27*400." } }];
}

function send({ request, response }: Recorded, script: unknown): MockReply {
  const key = response.status === 401 ? "invalid-key" : "mock-key";
  return createOpenAI({ script }).handle({
    method: "POST",
    url: new URL(request.path, "https://api.openai.com"),
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify(request.body),
  });
}

function expectSameShape(name: string, reply: MockReply, { response }: Recorded): void {
  const differ = DIFFERENCES[name] ?? ((text: string) => text);
  expect(reply.status).toBe(response.status);
  expect(reply.headers["content-type"]).toBe(response.headers["content-type"]);
  expect(Object.keys(reply.headers)).toEqual(expect.arrayContaining(Object.keys(response.headers)));
  if (response.sse) {
    expect(eventShapes(textOf(reply))).toEqual(eventShapes(differ(response.sse)));
    return;
  }
  const body = JSON.parse(textOf(reply));
  expect(shape(body)).toEqual(shape(response.body));
  expect(Object.keys(body)).toEqual(Object.keys(response.body ?? {}));
}

describe("recorded exchanges", () => {
  it("are there", () => {
    expect(cases.length).toBeGreaterThan(20);
    expect(Object.keys(DIFFERENCES).every((name) => cases.some(([known]) => known === name))).toBe(true);
  });

  it.each(cases)("%s: the same status, headers and shape by a script that says the same", (name, exchange) => {
    const reply = send(exchange, exchange.response.status === 401 ? [] : toScript(exchange));
    expectSameShape(name, reply, exchange);
    if (exchange.response.sse) {
      expect(streamedText(textOf(reply))).toBe(streamedText(exchange.response.sse));
    }
  });

  it("the refusal of a key says the same in the same words", () => {
    const [exchange] = recorded.error ?? [];
    const body = exchange && JSON.parse(textOf(send(exchange, [])));
    expect(body.error).toEqual({
      ...(exchange?.response.body?.error as object),
      message: body.error.message,
    });
    expect(body.error.message.replace("invalid-key", "mock-key")).toBe(
      Reflect.get(exchange?.response.body?.error as object, "message"),
    );
  });

  it.each(cases.filter(([, { response }]) => response.status === 200))(
    "%s: without a script the small model answers in the same shape",
    (name, exchange) => expectSameShape(name, send(exchange, []), exchange),
  );
});
