import { tracingContext } from "mlflow-tracing";
import type { Bench, Pair } from "../bench.js";
import { defineCheck } from "../check.js";
import type { Problems } from "../problems.js";
import { drawRecorded, outermost } from "../span-tree.js";

export const OFF_CHECKS = [
  defineCheck({
    id: "disabled",
    title: "Where tracing is switched off nothing is recorded, and calls work as before",
    why: "`tracingContext({ enabled: false })` is for what must not be stored.",
    async examine(bench, call, problems) {
      compareSilent(
        await bench.pair(call, () => ({ around: (work) => tracingContext({ enabled: false }, work) })),
        bench,
        problems,
      );
      const fault = bench.refusal(400, "refused by the testkit");
      const refused = await bench.pair(call, () => ({
        fault,
        around: (work) => tracingContext({ enabled: false }, work),
      }));
      compareSilent(refused, bench, problems);
    },
  }),
  defineCheck({
    id: "before-init",
    title: "Before `init`, calls work as without tracing",
    why: "Tests and scripts use modules that wrap their client without ever calling `init`.",
    async examine(bench, call, problems) {
      compareSilent(await bench.pair(call, () => ({ initialised: false })), bench, problems);
    },
  }),
];

function compareSilent({ untraced, traced }: Pair, bench: Bench, problems: Problems): void {
  problems.sameError(untraced.run, traced.run);
  problems.same("result", bench.comparable(untraced.run.result), bench.comparable(traced.run.result));
  problems.same("spans", "no span", drawRecorded(traced.spans, outermost(traced.spans)));
  problems.same("traces", 0, traced.traces.length);
  problems.same("requests", untraced.requests.length, traced.requests.length);
}
