import type { SeenSpan, SmokeResult } from "./programs/smoke";
import type { OtlpSpan, Received } from "./receiver";
import { type Case, reportedValue, runCase, type Stage, takeProblems } from "./stage";

const NS_PER_MS = 1_000_000n;
/** Browsers round their clocks, and a run's bounds are read from the same clock. */
const CLOCK_MS = 2;
const STATUS_OK = 1;
const STATUS_ERROR = 2;

/** Runs the small traced program and compares what the server got with what the program knows. */
export async function checkSmoke(stage: Stage, options: Case): Promise<string[]> {
  const outcome = await runCase(stage, { ...options, program: "smoke" });
  const result = reportedValue<SmokeResult>(outcome);
  return [...takeProblems(outcome), ...compareSmoke(result, outcome.received, options.storage === "installed")];
}

/** @param isFollowed whether the context survives an `await` */
export function compareSmoke(result: SmokeResult, received: Received, isFollowed: boolean): string[] {
  return [
    ...checkTree(received.spans, isFollowed),
    ...result.spans.flatMap((seen) => checkSpan(seen, received.spans)),
    ...checkTimes(received.spans, result),
    ...checkContents(received.spans),
    ...checkInfos(received, isFollowed ? 1 : 2),
    ...(result.answer === "naïve 🦊; RangeError: no such page" ? [] : [`the program answered ${result.answer}`]),
  ];
}

/** Who is whose child. Without a storage, what follows an `await` has no parent unless it is told. */
function checkTree(spans: readonly OtlpSpan[], isFollowed: boolean): string[] {
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  const tree = spans.map(({ name, parentSpanId }) => `${name} < ${names.get(parentSpanId) ?? parentSpanId}`).sort();
  const expected = [
    "agent < ",
    "explicit < agent",
    `implicit < ${isFollowed ? "agent" : ""}`,
    "search < agent",
    "tool < agent",
  ];
  return tree.join() === expected.join() ? [] : [`the server received the tree ${tree.join(", ")}`];
}

function checkSpan(seen: SeenSpan, spans: readonly OtlpSpan[]): string[] {
  const sent = spans.find(({ spanId }) => spanId === seen.spanId);
  if (!sent) return [`the span ${seen.name} did not arrive`];
  const pairs = [
    [`tr-${sent.traceId}`, seen.traceId],
    [sent.parentSpanId, seen.parentId ?? ""],
    [sent.startTimeUnixNano, seen.start],
    [sent.endTimeUnixNano, seen.end],
    [sent.name, seen.name],
  ];
  const wrong = pairs.filter(([one, other]) => one !== other);
  const isId = /^(?!0+$)[\da-f]{32}$/.test(sent.traceId) && /^(?!0+$)[\da-f]{16}$/.test(sent.spanId);
  return [
    ...wrong.map(([one, other]) => `${seen.name}: sent ${one}, seen ${other}`),
    ...(isId ? [] : [`${seen.name}: wrong ids ${sent.traceId} ${sent.spanId}`]),
  ];
}

/** Nanoseconds within the run, and no two spans with the same start. */
function checkTimes(spans: readonly OtlpSpan[], { startedMs, endedMs }: SmokeResult): string[] {
  const first = BigInt(Math.floor(startedMs) - CLOCK_MS) * NS_PER_MS;
  const last = BigInt(Math.ceil(endedMs) + CLOCK_MS) * NS_PER_MS;
  const isWithin = ({ startTimeUnixNano, endTimeUnixNano }: OtlpSpan) =>
    first <= BigInt(startTimeUnixNano) &&
    BigInt(startTimeUnixNano) < BigInt(endTimeUnixNano) &&
    BigInt(endTimeUnixNano) <= last;
  const outside = spans.filter((span) => !isWithin(span));
  const starts = new Set(spans.map(({ startTimeUnixNano }) => startTimeUnixNano));
  return [
    ...outside.map((span) => `${span.name}: ${span.startTimeUnixNano} to ${span.endTimeUnixNano} is not in the run`),
    ...(starts.size === spans.length ? [] : ["two spans start at the same nanosecond"]),
  ];
}

function checkContents(spans: readonly OtlpSpan[]): string[] {
  const find = (name: string) => spans.find((span) => span.name === name);
  const text = (name: string, key: string) =>
    find(name)?.attributes.find((attribute) => attribute.key === key)?.value.stringValue;
  const facts: Readonly<Record<string, boolean>> = {
    "inputs of agent": text("agent", "mlflow.spanInputs") === '{"question":"What is tracing?"}',
    "type of agent": text("agent", "mlflow.spanType") === '"AGENT"',
    "outputs of search": text("search", "mlflow.spanOutputs") === '["found tracing","naïve 🦊"]',
    "status of search": find("search")?.status.code === STATUS_OK,
    "status of tool": find("tool")?.status.code === STATUS_ERROR,
    "exception of tool": find("tool")?.events.some(({ name }) => name === "exception") === true,
  };
  return Object.keys(facts).flatMap((fact) => (facts[fact] ? [] : [`wrong: ${fact}`]));
}

function checkInfos({ spans, infos, experiments }: Received, expected: number): string[] {
  const traces = new Set(spans.map(({ traceId }) => `tr-${traceId}`));
  const ids = new Set(infos.map(({ trace_id }) => trace_id));
  const isComplete =
    ids.size === expected && traces.size === expected && [...ids].every((id) => traces.has(String(id)));
  const states = infos.filter(({ state }) => state !== "OK");
  return [
    ...(isComplete ? [] : [`${ids.size} infos and ${traces.size} traces arrived; ${expected} were expected`]),
    ...states.map(({ state }) => `a trace arrived in the state ${state}`),
    ...(experiments.every((id) => id === "7") ? [] : [`spans arrived for the experiments ${experiments}`]),
  ];
}
