import type { Observation, ObserveOptions } from "../bench.js";
import { defineCheck } from "../check.js";
import type { Call } from "../integration.js";
import type { Problems } from "../problems.js";
import { sleep } from "../provider/played-provider.js";
import { streamOf, takeFirst } from "../run-call.js";
import { failed, openSpans, outermost } from "../span-tree.js";

const isStream = ({ kind }: Call): boolean => kind === "stream";
/** Share of the provider's events after which a stream breaks off or halts. */
const MOST = 0.7;

export const STREAM_CHECKS = [
  defineCheck({
    id: "stream-not-held-back",
    title: "Parts of a stream come as soon as the provider sends them",
    why: "Streaming is there so that the reader need not wait for the end.",
    calls: isStream,
    async examine(bench, call, problems) {
      const { untraced, traced } = await bench.pair(call, () => stoppedStream(call));
      const [before, after] = [countParts(untraced), countParts(traced)];
      problems.holds("parts before the end", before === 0 || after > 0, `${before}`, after);
    },
  }),
  defineCheck({
    id: "stream-is-covered",
    title: "The span lasts until the stream has been read",
    why: "A span that ends with the first byte shows neither how long the answer took nor what it was.",
    calls: isStream,
    async examine(bench, call, problems) {
      let endedTooSoon = 0;
      const seen = await bench.observe(call, {
        consume: async (returned, run) => {
          const parts: unknown[] = [];
          run.result = parts;
          for await (const part of await streamOf(call, returned)) {
            parts.push(part);
            if (parts.length === 1) endedTooSoon = bench.recording.ended.size;
          }
        },
      });
      problems.same("spans that ended with the first part", 0, endedTooSoon);
      problems.same("spans", 1, outermost(seen.spans).length);
      problems.same("open spans", 0, openSpans(seen).length);
    },
  }),
  defineCheck({
    id: "stream-left-early",
    title: "A stream that is left early has a span that ends well, with what had come, and its request is given up",
    why: "`break` is how programs stop an answer; without an end the whole trace is lost, and a request that goes on is paid for.",
    calls: isStream,
    async examine(bench, call, problems) {
      const whole = await bench.observe(call, { traced: false });
      const count = Math.max(1, Math.floor(countParts(whole) * 0.6));
      const { untraced, traced } = await bench.pair(call, () => ({ consume: takeFirst(call, count) }));
      problems.sameError(untraced.run, traced.run);
      problems.same("parts", bench.comparable(untraced.run.result), bench.comparable(traced.run.result));
      compareCancelling(untraced, traced, problems);
      compareEnding(traced, problems);
      const [root] = outermost(traced.spans);
      if (!root) return;
      problems.holds("span status", !failed(root), "OK", root.status.statusCode);
      problems.holds("outputs", root.outputs !== undefined && root.outputs !== null, "what had come", root.outputs);
    },
  }),
  defineCheck({
    id: "stream-cut",
    title: "A stream that breaks off fails as without tracing, and its span has the error",
    why: "A half answer that looks like a whole one is worse than none.",
    calls: isStream,
    async examine(bench, call, problems) {
      const { untraced, traced } = await bench.pair(call, () => ({ fault: { kind: "cut", after: MOST } }));
      problems.sameError(untraced.run, traced.run);
      problems.same(
        "parts before the error",
        bench.comparable(untraced.run.result),
        bench.comparable(traced.run.result),
      );
      compareEnding(traced, problems);
      const [root] = outermost(traced.spans);
      if (root) problems.holds("span status", failed(root), "ERROR", root.status.statusCode);
    },
  }),
  defineCheck({
    id: "stream-aborted",
    title: "A stream that is aborted ends as without tracing, and so does its span",
    why: "Stop buttons abort; a span that stays open is a trace that never arrives.",
    calls: (call) => isStream(call) && call.abortable !== false,
    async examine(bench, call, problems) {
      const { untraced, traced } = await bench.pair(call, () => {
        const controller = new AbortController();
        return { ...stoppedStream(call, () => controller.abort()), signal: controller.signal };
      });
      problems.sameError(untraced.run, traced.run);
      compareCancelling(untraced, traced, problems);
      compareEnding(traced, problems);
    },
  }),
];

/** Longer than any pause between two events that are not held back, in ms. */
const QUIET_MS = 250;

/**
 * Reads a stream whose provider comes to a halt, up to there; then calls `stop` and waits for what comes of it, or leaves
 * where there is no `stop`.
 */
function stoppedStream(call: Call, stop?: () => void): ObserveOptions {
  return {
    fault: { kind: "halt", after: MOST },
    consume: async (returned, run) => {
      const parts: unknown[] = [];
      run.result = parts;
      const iterator = (await streamOf(call, returned))[Symbol.asyncIterator]();
      const quiet = Symbol("quiet");
      let stopped = false;
      for (let next = iterator.next(); ; ) {
        const step = await Promise.race([next, ...(stopped ? [] : [sleep(QUIET_MS).then((): symbol => quiet)])]);
        if (typeof step !== "symbol") {
          if (step.done) return parts;
          parts.push(step.value);
          next = iterator.next();
        } else if (stop) {
          stopped = true;
          stop();
        } else {
          next.catch(() => {});
          return parts;
        }
      }
    },
  };
}

function countParts({ run }: Observation): number {
  return Array.isArray(run.result) ? run.result.length : 0;
}

function compareCancelling(untraced: Observation, traced: Observation, problems: Problems): void {
  const view = ({ requests }: Observation): string =>
    requests.map(({ cancelled }) => (cancelled ? "given up" : "not given up")).join(", ");
  problems.same("requests", view(untraced), view(traced));
}

function compareEnding(seen: Observation, problems: Problems): void {
  problems.same("spans", 1, outermost(seen.spans).length);
  problems.same("open spans", 0, openSpans(seen).length);
}
