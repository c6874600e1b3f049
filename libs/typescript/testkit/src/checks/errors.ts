import { SpanLogLevel } from "mlflow-tracing";
import type { Bench, Observation } from "../bench.js";
import { defineCheck } from "../check.js";
import type { Call } from "../integration.js";
import type { Problems } from "../problems.js";
import { messageOf } from "../problems.js";
import type { Fault } from "../provider/fault.js";
import { takeAll } from "../run-call.js";
import { failed, openSpans, outermost } from "../span-tree.js";
import { HOSTILE_REQUESTS } from "./hostile-requests.js";

const MESSAGE = "refused by the testkit";

export const ERROR_CHECKS = [
  defineCheck({
    id: "error-comes-out",
    title: "Errors come out as without tracing",
    why: "Programs tell errors apart by class, status and message, to retry or to give up.",
    async examine(bench, call, problems) {
      for (const fault of faults(bench)) {
        const { untraced, traced } = await bench.pair(call, () => ({ fault }));
        problems.sameError(untraced.run, traced.run);
        const status = ({ run }: Observation): unknown => Reflect.get(Object(run.error), "status");
        problems.same("error status", status(untraced), status(traced));
      }
    },
  }),
  defineCheck({
    id: "error-is-recorded",
    title: "A failed call has a failed span with the error and what was asked",
    why: "Failures are what people open traces for.",
    async examine(bench, call, problems) {
      for (const fault of faults(bench)) {
        const seen = await bench.observe(call, { fault });
        if (seen.run.failed === "no" && !isQuiet(call)) problems.add("the call", "an error", seen.run.result);
        compareFailure(seen, call, problems);
      }
    },
  }),
  defineCheck({
    id: "no-unhandled-rejection",
    title: "An error that the program handles is not reported once more as unhandled",
    why: "An unhandled rejection ends a Node.js process.",
    async examine(bench, call, problems) {
      const fault = bench.refusal(400, MESSAGE);
      const count = async (traced: boolean): Promise<number> =>
        (await bench.observe(call, { traced, fault })).unhandled.length;
      const [before, after] = [await count(false), await count(true)];
      problems.holds("unhandled rejections", after <= before, String(before), after);
    },
  }),
  defineCheck({
    id: "hostile-arguments",
    title: "Arguments that cannot be read or stored fail as without tracing, or not at all",
    why: "Tracing reads more of a request than the client does: getters, cycles and proxies must not throw because of it.",
    async examine(bench, call, problems) {
      for (const [name, make] of Object.entries(HOSTILE_REQUESTS)) {
        const found = problems.list.length;
        const { untraced, traced } = await bench.pair(call, () => ({
          request: () => make(structuredClone(call.request)),
        }));
        problems.sameError(untraced.run, traced.run);
        problems.same(`open spans after ${name}`, 0, openSpans(traced).length);
        if (problems.list.length > found) problems.add("the request", "handled as without tracing", name);
      }
    },
  }),
  defineCheck({
    id: "abort",
    title: "A call that is aborted while it waits fails as without tracing, and its span ends",
    why: "Readers close pages and servers give up waiting; a span that stays open is a trace that never arrives.",
    calls: ({ abortable }) => abortable !== false,
    async examine(bench, call, problems) {
      const { untraced, traced } = await bench.pair(call, () => {
        const controller = new AbortController();
        return {
          fault: { kind: "silence" },
          signal: controller.signal,
          consume: async (returned, run) => {
            setTimeout(() => controller.abort(), 20);
            return takeAll(call)(returned, run);
          },
        };
      });
      problems.sameError(untraced.run, traced.run);
      problems.same("spans", 1, outermost(traced.spans).length);
      problems.same("open spans", 0, openSpans(traced).length);
    },
  }),
];

function faults(bench: Bench): Fault[] {
  return [bench.refusal(400, MESSAGE), bench.refusal(429, MESSAGE), { kind: "offline" }];
}

/** Streams may tell of errors in other ways than by throwing. */
function isQuiet({ kind }: Call): boolean {
  return kind === "stream";
}

function compareFailure({ spans, run, ...rest }: Observation, call: Call, problems: Problems): void {
  const [root, ...others] = outermost(spans);
  problems.same("spans", 1, others.length + (root ? 1 : 0));
  problems.same("open spans", 0, openSpans({ spans, ...rest }).length);
  if (!root) return;
  problems.same("span name", call.expect.name, root.name);
  problems.holds("span status", failed(root), "ERROR", root.status.statusCode);
  problems.same("log level", SpanLogLevel.ERROR, root.logLevel);
  problems.holds(
    "exception events",
    root.events.some(({ name }) => name === "exception"),
    "one at least",
    "none",
  );
  problems.holds("inputs", root.inputs !== undefined && root.inputs !== null, "what was asked", root.inputs);
  problems.holds("outputs", root.outputs === undefined || root.outputs === null, "none", root.outputs);
  const message = String(messageOf(run.error) ?? "");
  const { description } = root.status;
  const tells = description !== "" && (description.includes(message) || message.includes(description));
  problems.holds("status description", tells || run.failed === "no", message, description);
}
