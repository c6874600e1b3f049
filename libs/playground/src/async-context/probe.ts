/**
 * A program that checks whether an `AsyncLocalStorage` follows its caller everywhere. It needs only web standards, so
 * that the same file runs in Node.js, in a worker and in a page, lowered or not.
 */
import { createProbeScenario, SPANS_PER_SCENARIO } from "./probe-scenario";

/** The part of `AsyncLocalStorage` that tracing needs. */
export interface ContextStorage<T> {
  getStore(): T | undefined;
  run<R>(store: T, callback: () => R): R;
}

/** A span as the probe records it: the names of the parent that it has and of the one that it should have. */
export interface ProbeSpan {
  readonly name: string;
  readonly parent: string | undefined;
  readonly expected: string | undefined;
}

export interface ContextProbeReport {
  /** Spans that ended; 195 when none was lost. */
  readonly spans: number;
  /** Spans whose parent is not the one that started them. */
  readonly wrong: number;
  /** The places of the wrong ones, once each, as `place: parent instead of expected`. */
  readonly kinds: readonly string[];
}

const SCENARIOS = ["A", "B", "C"];

/** The spans of a full report. */
export const EXPECTED_SPANS = SCENARIOS.length * SPANS_PER_SCENARIO;

/**
 * Runs three scenarios at the same time, each with 65 spans over every kind of asynchronous call.
 *
 * @param createStorage makes the storage to be checked; its async context must be installed already.
 */
export async function runContextProbe(
  createStorage: () => ContextStorage<string>,
): Promise<ContextProbeReport> {
  const storage = createStorage();
  const spans: ProbeSpan[] = [];
  await Promise.all(SCENARIOS.map((id) => createProbeScenario(id, storage, spans)));
  const wrong = spans.filter(({ parent, expected }) => parent !== expected);
  const kinds = wrong.map(({ name, parent, expected }) => `${name.slice(2)}: ${parent} instead of ${expected}`);
  return { spans: spans.length, wrong: wrong.length, kinds: [...new Set(kinds)] };
}
