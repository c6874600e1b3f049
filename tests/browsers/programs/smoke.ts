/** A small traced program: what the SDK says of its spans here must be what the server receives. */
import { installAsyncContext } from "@tracebook/playground/async-context";
import { flushTraces, init, type LiveSpan, SpanType, startSpan, trace, withSpan } from "mlflow-tracing";
import { runProgram } from "./report";

/** A span as the program knows it; nanoseconds are decimal strings. */
export interface SeenSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly start: string;
  readonly end: string;
}

export interface SmokeResult {
  readonly spans: readonly SeenSpan[];
  readonly answer: string;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  readonly endedMs: number;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const nowMs = () => performance.timeOrigin + performance.now();
const nanoseconds = (time: readonly [number, number] | null) =>
  time ? String(BigInt(time[0]) * 1_000_000_000n + BigInt(time[1])) : "0";

const seen: LiveSpan[] = [];
const note = (span: LiveSpan): LiveSpan => {
  seen.push(span);
  return span;
};

const search = trace(
  async (query: string) => {
    await pause(3);
    return [`found ${query}`, "naïve 🦊"];
  },
  { name: "search", spanType: SpanType.RETRIEVER },
);

function failingTool(): Promise<never> {
  return withSpan(
    async (span) => {
      note(span);
      await pause(1);
      throw new RangeError("no such page");
    },
    { name: "tool", spanType: SpanType.TOOL },
  );
}

async function agent(span: LiveSpan): Promise<string> {
  note(span).setInputs({ question: "What is tracing?" });
  // Both begin before the first await: so they have a parent in any browser.
  const [pages, failure] = await Promise.all([search("tracing"), failingTool().catch(String)]);
  note(startSpan({ name: "explicit", parent: span })).end();
  note(startSpan({ name: "implicit" })).end({ outputs: pages.length });
  return `${pages[1]}; ${failure}`;
}

void runProgram(async (parameters): Promise<SmokeResult> => {
  if (parameters.get("storage") === "installed") installAsyncContext();
  init({ trackingUri: parameters.get("tracking") ?? "", experimentId: "7" });
  const startedMs = nowMs();
  const answer = await withSpan(agent, { name: "agent", spanType: SpanType.AGENT });
  const endedMs = nowMs();
  await flushTraces();
  const spans = seen.map((span) => ({
    name: span.name,
    traceId: span.traceId,
    spanId: span.spanId,
    parentId: span.parentId,
    start: nanoseconds(span.startTime),
    end: nanoseconds(span.endTime),
  }));
  return { spans, answer, startedMs, endedMs };
});
