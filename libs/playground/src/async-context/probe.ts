/**
 * A program that checks whether an `AsyncLocalStorage` follows its caller everywhere. It needs only web standards, so
 * that the same file runs in Node.js, in a worker and in a page, lowered or not.
 */
import { PROBE_CASES, type ProbeScope } from "./probe-cases";

/** The part of `AsyncLocalStorage` that tracing needs. */
export interface ContextStorage<T> {
  getStore(): T | undefined;
  run<R>(store: T, callback: () => R): R;
}

export interface ContextProbeReport {
  /** Spans that ended; `EXPECTED_SPANS` when none was lost. */
  readonly spans: number;
  /** Spans whose parent is not the one that started them. */
  readonly wrong: number;
  /** The places of the wrong ones, once each, as `place: parent instead of expected`. */
  readonly kinds: readonly string[];
}

/** The spans of a full report: three scenarios of 65. */
export const EXPECTED_SPANS = 195;

/** A span's name, its parent by the storage, and its parent by the text of the program. */
interface ProbeSpan {
  readonly name: string;
  readonly parent: string | undefined;
  readonly expected: string | undefined;
}

/**
 * Runs three scenarios at the same time, each with a span for every kind of asynchronous call.
 *
 * @param createStorage makes the storage to be checked; its async context must be installed already.
 */
export async function runContextProbe(createStorage: () => ContextStorage<string>): Promise<ContextProbeReport> {
  const storage = createStorage();
  const spans: ProbeSpan[] = [];
  await Promise.all(["A", "B", "C"].map((id) => runScenario(probeScope(id, undefined, storage, spans))));
  const wrong = spans.filter(({ parent, expected }) => parent !== expected);
  const kinds = wrong.map(({ name, parent, expected }) => `${name.slice(2)}: ${parent} instead of ${expected}`);
  return { spans: spans.length, wrong: wrong.length, kinds: [...new Set(kinds)] };
}

async function runScenario(top: ProbeScope): Promise<void> {
  await top.span("root", async (root) => {
    await Promise.all(Object.entries(PROBE_CASES).map(([name, probeCase]) => root.span(name, probeCase)));
    root.mark("end");
  });
  top.mark("top");
}

function probeScope(
  path: string,
  own: string | undefined,
  storage: ContextStorage<string>,
  spans: ProbeSpan[],
): ProbeScope {
  const record = (name: string) => spans.push({ name, parent: storage.getStore(), expected: own });
  return {
    mark: (name) => void record(`${path}/${name}`),
    span(name, work) {
      const child = `${path}/${name}`;
      record(child);
      return storage.run(child, () => work(probeScope(child, child, storage, spans)));
    },
  };
}
