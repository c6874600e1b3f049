import { getCurrentActiveSpan, type LiveSpan, startSpan, withSpan } from "mlflow-tracing";
import { capture } from "../capture.js";
import { defineCheck } from "../check.js";
import { PlayedProvider, sleep } from "../provider/played-provider.js";
import { runCall, takeAll } from "../run-call.js";
import { drawExpected, drawRecorded, openSpans, outermost } from "../span-tree.js";

const PARENT = "testkit parent";
const CONCURRENT = 5;

export const CONTEXT_CHECKS = [
  defineCheck({
    id: "nests-under-parent",
    title: "Within a span, the call's span is its child, in its time",
    why: "A trace shows which step of a program asked what.",
    async examine(bench, call, problems) {
      const seen = await bench.observe(call, { around: (work) => withSpan(work, { name: PARENT }) });
      const [parent] = seen.spans;
      const children = outermost(seen.spans, parent?.spanId ?? "");
      problems.same(
        "roots",
        PARENT,
        outermost(seen.spans)
          .map(({ name }) => name)
          .join(),
      );
      problems.same("children of the parent", drawExpected(call.expect), drawRecorded(seen.spans, children));
      const [child] = children;
      if (parent && child) problems.holds("times", isWithin(child, parent), "within those of the parent", "outside");
    },
  }),
  defineCheck({
    id: "own-trace",
    title: "Without a span around it, each call is a trace of its own",
    why: "Calls of different requests to a server must not end up in one trace.",
    async examine(bench, call, problems) {
      const seen = await bench.observe(call, { again: true });
      problems.same("roots", 2, outermost(seen.spans).length);
      problems.same("traces", 2, seen.traces.length);
      problems.same(
        "parents",
        [null, null],
        outermost(seen.spans).map(({ parentId }) => parentId),
      );
    },
  }),
  defineCheck({
    id: "context-is-left-alone",
    title: "What comes after a call is not nested under it",
    why: "A wrapper that leaves its span active puts the rest of the program below it.",
    async examine(bench, call, problems) {
      const consume = takeAll(call);
      const active: (LiveSpan | null)[] = [];
      const seen = await bench.observe(call, {
        around: (work) => withSpan(work, { name: PARENT }),
        consume: async (returned, run) => {
          const note = (name: string): void => {
            active.push(getCurrentActiveSpan());
            startSpan({ name }).end();
          };
          note("while it runs");
          const result = await consume(returned, run);
          note("after it");
          return result;
        },
      });
      const parent = seen.spans.find(({ name }) => name === PARENT);
      for (const name of ["while it runs", "after it"]) {
        const span = seen.spans.find((other) => other.name === name);
        problems.holds(`parent of a span started ${name}`, span?.parentId === parent?.spanId, PARENT, span?.parentId);
      }
      problems.holds(
        "active span",
        active.every((span) => span?.spanId === parent?.spanId),
        PARENT,
        active.map((span) => span?.name),
      );
    },
  }),
  defineCheck({
    id: "concurrent-calls",
    title: "Concurrent calls are recorded under the spans that made them",
    why: "Servers answer many people at once; their traces must not mix.",
    async examine(bench, call, problems) {
      const tape = bench.newTape();
      const { recording, result } = await capture((underWay) => {
        bench.recording = underWay;
        const one = async (at: number): Promise<string> => {
          // The first call gets its answer last.
          const provider = new PlayedProvider(tape, { kind: "delay", ms: (CONCURRENT - at) * 15 });
          const client = await bench.client(true, provider);
          return withSpan(
            async (span) => {
              await sleep(at);
              const run = await runCall(call, client, structuredClone(call.request), {}, takeAll(call));
              return run.failed === "no" ? span.spanId : String(run.error);
            },
            { name: PARENT },
          );
        };
        return bench.inTime(call, () => Promise.all(Array.from({ length: CONCURRENT }, (_, at) => one(at))));
      });
      for (const parentId of result) {
        const seen = drawRecorded(recording.spans, outermost(recording.spans, parentId));
        problems.same("spans under each parent", drawExpected(call.expect), seen);
      }
      problems.same("traces", CONCURRENT, recording.traces.length);
    },
  }),
  defineCheck({
    id: "ends-before-the-program-goes-on",
    title: "The span has ended when the program has the answer",
    why: "Short programs flush and exit at once; a span that ends a moment later is lost.",
    async examine(bench, call, problems) {
      let open: string[] = ["not looked at"];
      const consume = takeAll(call);
      const seen = await bench.observe(call, {
        consume: async (returned, run) => {
          const result = await consume(returned, run);
          open = openSpans(bench.recording).map(({ name }) => name);
          return result;
        },
      });
      problems.same("open spans", [], open);
      problems.holds("spans", seen.spans.length > 0, "one at least", "none");
    },
  }),
];

function isWithin(child: LiveSpan, parent: LiveSpan): boolean {
  return (
    nanoseconds(child.startTime) >= nanoseconds(parent.startTime) &&
    nanoseconds(child.endTime) <= nanoseconds(parent.endTime)
  );
}

/** Nanoseconds since the epoch; 0 for no time. */
export function nanoseconds(time: LiveSpan["endTime"]): bigint {
  return time ? BigInt(time[0]) * 1_000_000_000n + BigInt(time[1]) : 0n;
}
