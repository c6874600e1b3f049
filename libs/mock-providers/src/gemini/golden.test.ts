import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MockReply } from "../contract";
import { eventShapes, shape } from "../provider/shape";
import { createGemini } from "./index";

interface AnswerPart {
  readonly text?: string;
  readonly thought?: boolean;
  readonly functionCall?: { readonly name: string; readonly args: object };
}
interface Body {
  readonly candidates?: readonly { readonly content: { readonly parts: readonly AnswerPart[] } }[];
  readonly error?: object;
  readonly usageMetadata?: { promptTokensDetails?: object[] };
}
/** Exchanges that MLflow's Python integration was recorded with. */
interface Recorded {
  readonly request: { readonly path: string; readonly body: Record<string, unknown> };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body?: Body;
    readonly sse?: string;
  };
}

/** Where an answer differs from the recorded one, with the reason. */
const DIFFERENCES: Readonly<Record<string, (recorded: Body) => Body>> = {
  // The API counts pictures under a modality of their own; the recorded server called everything text.
  "image-and-thinking 0": (body) => ({
    ...body,
    usageMetadata: {
      ...body.usageMetadata,
      promptTokensDetails: [
        { modality: "TEXT", tokenCount: 1 },
        { modality: "IMAGE", tokenCount: 1 },
      ],
    },
  }),
};

const recorded: Record<string, Recorded[]> = JSON.parse(
  readFileSync(new URL("./fixtures/exchanges.json", import.meta.url), "utf8"),
);
const cases = Object.entries(recorded).flatMap(([name, exchanges]) =>
  exchanges.map((exchange, index) => [`${name} ${index}`, exchange] as const),
);

const textOf = (reply: MockReply): string => reply.chunks.map(({ data }) => data).join("");

/** The parts of an answer, streamed or not. */
function partsOf({ body, sse = "" }: Recorded["response"]): AnswerPart[] {
  const events = sse.split("\r\n\r\n").filter(Boolean);
  const bodies: Body[] = body ? [body] : events.map((event) => JSON.parse(event.slice("data: ".length)));
  return bodies.flatMap(({ candidates = [] }) => candidates.flatMap(({ content }) => content.parts));
}

/** The recorded answer as a script, so that both say the same. */
function toScript({ response }: Recorded): unknown {
  const parts = partsOf(response);
  const texts = (thought: boolean) =>
    parts.filter((part) => (part.thought === true) === thought).map(({ text = "" }) => text);
  const calls = parts.flatMap(({ functionCall }) => (functionCall ? [functionCall] : []));
  const toolCalls = calls.map(({ name, args }) => ({ name, input: args }));
  return [{ reply: { text: texts(false).join(""), thinking: texts(true).join(""), toolCalls } }];
}

function send({ request, response }: Recorded, script: unknown): MockReply {
  const key = response.status === 400 ? "invalid-key" : "mock-key";
  return createGemini({ script }).handle({
    method: "POST",
    url: new URL(request.path, "https://generativelanguage.googleapis.com"),
    headers: { "content-type": "application/json", "x-goog-api-key": key },
    body: JSON.stringify(request.body),
  });
}

function expectSameShape(name: string, reply: MockReply, { response }: Recorded): void {
  expect(reply.status).toBe(response.status);
  expect(reply.headers["content-type"]).toBe(response.headers["content-type"]);
  if (response.sse) {
    expect(eventShapes(textOf(reply))).toEqual(eventShapes(response.sse));
    return;
  }
  const body = JSON.parse(textOf(reply));
  const differ = DIFFERENCES[name] ?? ((same: Body) => same);
  expect(shape(body)).toEqual(shape(differ(response.body ?? {})));
  expect(Object.keys(body)).toEqual(Object.keys(response.body ?? {}));
  expect(Object.keys(body.usageMetadata ?? {})).toEqual(Object.keys(response.body?.usageMetadata ?? {}));
}

describe("recorded exchanges", () => {
  it("are there", () => {
    expect(cases.length).toBeGreaterThan(10);
    expect(Object.keys(DIFFERENCES).every((name) => cases.some(([known]) => known === name))).toBe(true);
  });

  it.each(cases)("%s: the same status, headers and shape by a script that says the same", (name, exchange) => {
    const reply = send(exchange, toScript(exchange));
    expectSameShape(name, reply, exchange);
    if (exchange.response.status !== 200) return;
    const said = (parts: AnswerPart[]) => parts.map(({ text = "" }) => text).join("");
    const body = exchange.response.sse ? { sse: textOf(reply) } : { body: JSON.parse(textOf(reply)) };
    expect(said(partsOf({ ...exchange.response, body: undefined, sse: "", ...body }))).toBe(
      said(partsOf(exchange.response)),
    );
  });

  it("the refusal of a key says the same in the same words", () => {
    const [exchange] = recorded.error ?? [];
    expect(exchange && JSON.parse(textOf(send(exchange, [])))).toEqual(exchange?.response.body);
  });

  it.each(cases)("%s: without a script the small model answers in the same shape", (name, exchange) =>
    expectSameShape(name, send(exchange, []), exchange),
  );
});
