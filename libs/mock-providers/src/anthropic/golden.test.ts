import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MockReply } from "../contract";
import { createAnthropic } from "./index";

/** Exchanges that MLflow's Python integration was recorded with. */
interface Recorded {
  readonly request: {
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body: Record<string, unknown>;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body?: Body;
    readonly sse?: string;
  };
}
interface Body {
  readonly content?: readonly { type: string; text?: string; thinking?: string; name?: string; input?: object }[];
  readonly error?: { type: string; message: string };
}

/** Exchanges that are not reproduced, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "thinking 1": "redacted thinking is not covered: it only occurs for prompts that the provider flags",
};

const recorded: Record<string, Recorded[]> = JSON.parse(
  readFileSync(new URL("./fixtures/exchanges.json", import.meta.url), "utf8"),
);
const cases = Object.entries(recorded).flatMap(([name, exchanges]) =>
  exchanges.map((exchange, index) => [`${name} ${index}`, exchange] as const),
);

function textOf(reply: MockReply): string {
  return reply.chunks.map(({ data }) => data).join("");
}

/** Types instead of values; arrays of one item each, as they differ in length. */
function shape(value: unknown, key = ""): unknown {
  // Tool input is the caller's.
  if (key === "input") return "object";
  if (Array.isArray(value)) return value.map((item) => shape(item));
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === "type" ? item : shape(item, name)]),
  );
}

/** Events in order with the shape of their data; a run of the same event counts once. */
function eventShapes(sse: string): unknown[] {
  const events = sse.split("\n\n").filter(Boolean);
  const shapes = events.map((event) => {
    const [name, data] = event.split("\n");
    return [name, shape(JSON.parse((data ?? "").replace("data: ", "")))];
  });
  return shapes.filter((item, index) => JSON.stringify(item) !== JSON.stringify(shapes[index - 1]));
}

/** The recorded answer as a script, so that both say the same. */
function toScript({ response }: Recorded): unknown {
  const { error, content = [] } = response.body ?? {};
  if (error) return [{ reply: { error: { status: response.status, ...error, retryAfter: 0 } } }];
  const text = content.find((block) => block.type === "text")?.text ?? textDeltas(response.sse ?? "");
  const calls = content.filter((block) => block.type === "tool_use").map(({ name, input }) => ({ name, input }));
  const thinking = content.find((block) => block.type === "thinking")?.thinking;
  return [{ reply: { text, toolCalls: calls, ...(thinking === undefined ? {} : { thinking }) } }];
}

function textDeltas(sse: string): string {
  return [...sse.matchAll(/"text_delta","text":("(?:[^"\\]|\\.)*")/g)]
    .map((match) => JSON.parse(match[1] ?? '""'))
    .join("");
}

function send({ request }: Recorded, script: unknown): MockReply {
  return createAnthropic({ script }).handle({
    method: "POST",
    url: new URL(request.path, "https://api.anthropic.com"),
    headers: request.headers,
    body: JSON.stringify(request.body),
  });
}

describe("recorded exchanges", () => {
  const covered = cases.filter(([name]) => !(name in EXCEPTIONS));

  it.each(covered)("%s: the same status, headers and shape", (_name, exchange) => {
    const isRefusal = exchange.response.status === 400;
    const reply = send(exchange, isRefusal ? [] : toScript(exchange));
    expect(reply.status).toBe(exchange.response.status);
    expect(Object.keys(reply.headers).sort()).toEqual(Object.keys(exchange.response.headers).sort());
    expect(reply.headers["content-type"]).toBe(exchange.response.headers["content-type"]);
    if (exchange.response.sse) {
      expect(eventShapes(textOf(reply))).toEqual(eventShapes(exchange.response.sse));
      expect(textDeltas(textOf(reply))).toBe(textDeltas(exchange.response.sse));
    } else {
      const body = JSON.parse(textOf(reply));
      expect(shape(body)).toEqual(shape(exchange.response.body));
      expect(Object.keys(body)).toEqual(Object.keys(exchange.response.body ?? {}));
    }
  });

  it("the refusal says the same in the same words", () => {
    const [exchange] = recorded.error ?? [];
    const body = exchange && JSON.parse(textOf(send(exchange, [])));
    expect(body.error).toEqual(exchange?.response.body?.error);
  });

  it.each(covered.filter(([, { response }]) => response.status === 200))(
    "%s: without a script the small model answers in the same envelope",
    (_name, exchange) => {
      const reply = send(exchange, []);
      expect(reply.status).toBe(200);
      if (exchange.response.sse) expect(eventShapes(textOf(reply))).toEqual(eventShapes(exchange.response.sse));
      else expect(Object.keys(JSON.parse(textOf(reply)))).toEqual(Object.keys(exchange.response.body ?? {}));
    },
  );
});
