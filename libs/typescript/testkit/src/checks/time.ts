import { type LiveSpan, startSpan } from "mlflow-tracing";
import { capture } from "../capture.js";
import { defineCheck } from "../check.js";
import { outermost } from "../span-tree.js";
import { nanoseconds } from "./context.js";

const NS_PER_MS = 1_000_000n;
/** The provider's delay, and what a span has to show of it: timers may fire a little early. */
const DELAY_MS = 40;
const LEAST_MS = 30n;

export const TIME_CHECKS = [
  defineCheck({
    id: "nanoseconds",
    title: "Times have the precision of the platform's clock, not milliseconds",
    why: "Within a millisecond many spans start; viewers order them by their times.",
    async examine(bench, call, problems) {
      const { recording: reference } = await capture(async () => {
        for (let at = 0; at < 8; at++) startSpan({ name: "reference" }).end();
      });
      if (areWhole(reference.spans)) return "the clock of this platform shows milliseconds only";
      const seen = [await bench.observe(call), await bench.observe(call), await bench.observe(call)];
      const spans = seen.flatMap((one) => one.spans);
      problems.holds("spans", spans.length > 0, "one at least", "none");
      problems.holds("times", !areWhole(spans), "parts of milliseconds", "whole milliseconds only");
    },
  }),
  defineCheck({
    id: "duration",
    title: "The span lasts from the call to its answer",
    why: "Latency is the second thing, after the answer, that people look for.",
    async examine(bench, call, problems) {
      const { spans } = await bench.observe(call, { fault: { kind: "delay", ms: DELAY_MS } });
      problems.holds("spans", spans.length > 0, "one at least", "none");
      for (const { name, startTime, endTime } of outermost(spans)) {
        const duration = nanoseconds(endTime) - nanoseconds(startTime);
        const expected = `at least ${LEAST_MS} ms`;
        problems.holds(`duration of ${name}`, duration >= LEAST_MS * NS_PER_MS, expected, `${duration / NS_PER_MS} ms`);
      }
    },
  }),
];

/** Whether no time has a part of a millisecond: by chance once in a million for each of them. */
function areWhole(spans: readonly LiveSpan[]): boolean {
  return spans.every(({ startTime, endTime }) =>
    [startTime, endTime].every((time) => nanoseconds(time) % NS_PER_MS === 0n),
  );
}
