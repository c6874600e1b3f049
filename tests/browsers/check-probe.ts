import type { ContextProbeReport } from "@tracebook/playground/probe";
import { EXPECTED_SPANS } from "@tracebook/playground/probe";
import type { ProbeResult } from "./programs/run-probe";
import type { OtlpSpan, Received } from "./receiver";
import { type Case, reportedValue, runCase, type Stage, takeProblems } from "./stage";

/** A context that is lost at every `await` makes many more wrong than this. */
const MANY = 100;

export interface ProbeFigures {
  readonly spans: number;
  /** Wrong parents over the storage alone, and over the SDK. */
  readonly storage: number;
  readonly sdk: number;
  readonly complaints: readonly string[];
}

/** Runs the probe where every parent must be right. */
export async function measureProbe(stage: Stage, options: Case): Promise<ProbeFigures> {
  const outcome = await runCase(stage, options);
  const { storage, sdk } = reportedValue<ProbeResult>(outcome);
  const wrongParents = [...describe("storage", storage), ...describe("SDK", sdk)];
  const found = [...takeProblems(outcome), ...wrongParents, ...checkWire(outcome.received, sdk)];
  return { spans: sdk.spans, storage: storage.wrong, sdk: sdk.wrong, complaints: found };
}

/** Runs the probe as native code over our storage, which cannot follow it: the probe must notice. */
export async function measureControl(stage: Stage): Promise<ProbeFigures> {
  const outcome = await runCase(stage, { program: "probe", variant: "native" });
  const { storage, sdk } = reportedValue<ProbeResult>(outcome);
  const silent = [storage, sdk].filter(({ wrong }) => wrong <= MANY);
  const found = silent.map(({ wrong }) => `the control found ${wrong} wrong parents instead of more than ${MANY}`);
  return { spans: sdk.spans, storage: storage.wrong, sdk: sdk.wrong, complaints: [...takeProblems(outcome), ...found] };
}

function describe(what: string, { spans, wrong, kinds }: ContextProbeReport): string[] {
  if (spans === EXPECTED_SPANS && wrong === 0) return [];
  return [`${what}: ${wrong} wrong parents of ${spans} (${EXPECTED_SPANS} expected): ${kinds.join("; ")}`];
}

/** The parents that the program saw are the ones that were sent. */
function checkWire({ spans }: Received, { spans: expected }: ContextProbeReport): string[] {
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  const marks = spans.filter(({ name }) => name === "mark");
  const wrong = marks.filter((mark) => seenParent(mark) !== (names.get(mark.parentSpanId) ?? "none"));
  return [
    ...(marks.length === expected ? [] : [`the server received ${marks.length} of ${expected} spans`]),
    ...(wrong.length === 0 ? [] : [`${wrong.length} spans were sent with another parent than the program saw`]),
  ];
}

function seenParent({ attributes }: OtlpSpan): unknown {
  const text = attributes.find(({ key }) => key === "seen")?.value.stringValue;
  return typeof text === "string" ? JSON.parse(text) : undefined;
}
