import type { Bench, ObserveOptions, Pair } from "../bench.js";
import { capture } from "../capture.js";
import { defineCheck, type Examination } from "../check.js";
import type { Call, Helper } from "../integration.js";
import type { Problems } from "../problems.js";
import { PlayedProvider } from "../provider/played-provider.js";
import { runCall, takeAll } from "../run-call.js";
import { drawExpected, drawRecorded, openSpans, outermost } from "../span-tree.js";
import { compareMembers, functionsOf } from "./object-members.js";

/** Headers that tracing may add. */
const TRACE_HEADERS: ReadonlySet<string> = new Set(["traceparent", "tracestate", "baggage"]);

export const TRANSPARENCY_CHECKS = [
  defineCheck({
    id: "same-result",
    title: "The result is the same as without tracing",
    why: "Tracing that changes answers cannot be switched on in production.",
    async examine(bench, call, problems) {
      const { untraced, traced } = await bench.pair(call);
      problems.sameError(untraced.run, traced.run);
      problems.same("result", bench.comparable(untraced.run.result), bench.comparable(traced.run.result));
    },
  }),
  defineCheck({
    id: "same-return-type",
    title: "A call returns what it returned before, of the same class and with the same members",
    why: "Clients return promises and streams of their own; code that uses more than `await` breaks without them.",
    async examine(bench, call, problems) {
      const { untraced, traced } = await bench.pair(call);
      compareMembers(untraced.run.returned, traced.run.returned, "what the call returns", problems);
      const [before, after] = await Promise.all([untraced, traced].map(({ run }) => settled(run.returned)));
      compareMembers(before, after, "what comes out of it", problems);
    },
  }),
  defineCheck({
    id: "helpers",
    title: "All other ways to take the answer work as before, and are recorded",
    why: "Many programs never await the plain promise.",
    calls: ({ helpers }) => Object.keys(helpers ?? {}).length > 0,
    async examine(bench, call, problems) {
      for (const [name, helper] of Object.entries(call.helpers ?? {}))
        await examineHelper(bench, call, name, helper, problems);
    },
  }),
  defineCheck({
    id: "same-requests",
    title: "The provider gets the same requests as without tracing",
    why: "Tracing must not cost calls, nor change prompts, settings or headers; only `traceparent` may be added.",
    async examine(bench, call, problems) {
      const { untraced, traced } = await bench.pair(call);
      const again = await bench.observe(call, { traced: false });
      const steady = (at: number, header: string): boolean =>
        untraced.requests[at]?.headers[header] === again.requests[at]?.headers[header];
      const view = ({ requests }: Pair["traced"]): unknown =>
        requests.map(({ method, url, headers, body }, at) => {
          const kept = Object.entries(headers).filter(([name]) => !TRACE_HEADERS.has(name) && steady(at, name));
          return { method, url, headers: Object.fromEntries(kept), body };
        });
      problems.same("requests", view(untraced), view(traced));
    },
  }),
  defineCheck({
    id: "arguments-untouched",
    title: "Arguments are not changed",
    why: "Programs use the same request again.",
    async examine(bench, call, problems) {
      const request = deepFreeze(structuredClone(call.request));
      const { untraced, traced } = await bench.pair(call, () => ({ request: () => request }));
      problems.sameError(untraced.run, traced.run);
      const changing = structuredClone(call.request);
      await bench.observe(call, { request: () => changing });
      problems.same("request", call.request, changing);
    },
  }),
  defineCheck({
    id: "client-untouched",
    title: "Wrapping leaves the client itself as it was",
    why: "A library that patches clients records the calls of code that never asked for it.",
    calls: (_, { wrap }) => wrap !== undefined,
    examine: examineOriginal,
  }),
  defineCheck({
    id: "wrapped-twice",
    title: "A client that is wrapped twice records once",
    why: "Two modules of a program may both wrap the client that they share.",
    calls: (_, { wrap }) => wrap !== undefined,
    async examine(bench, call, problems) {
      const { recording, result } = await captureWith(bench, call, (client) => {
        const wrap = bench.integration.wrap ?? ((same) => same);
        return wrap(wrap(client));
      });
      problems.same("error", "no", result.failed);
      problems.same("spans", drawExpected(call.expect), drawRecorded(recording.spans, outermost(recording.spans)));
    },
  }),
  defineCheck({
    id: "untraced-methods",
    title: "Methods that are not recorded work as before, without spans",
    why: "A wrapped client is passed to code that uses all of it.",
    calls: (call, { calls, untraced = [] }) => untraced.length > 0 && call === calls[0],
    async examine(bench, call, problems) {
      for (const { name, start } of bench.integration.untraced ?? []) {
        const other: Call = { ...call, kind: "plain", start: (client) => start(client) };
        const { untraced, traced } = await bench.pair(other);
        problems.sameError(untraced.run, traced.run);
        problems.same(`result of ${name}`, bench.comparable(untraced.run.result), bench.comparable(traced.run.result));
        problems.same(`spans of ${name}`, "no span", drawRecorded(traced.spans, outermost(traced.spans)));
      }
    },
  }),
];

async function examineHelper(
  bench: Bench,
  call: Call,
  name: string,
  helper: Helper,
  problems: Problems,
): Promise<void> {
  const options = (): ObserveOptions => ({ consume: helper.use });
  const { untraced, traced } = await bench.pair(call, options);
  problems.sameError(untraced.run, traced.run);
  problems.same(`result of ${name}`, bench.comparable(untraced.run.result), bench.comparable(traced.run.result));
  problems.same(`spans of ${name}`, drawExpected(call.expect), drawRecorded(traced.spans, outermost(traced.spans)));
  problems.same(`open spans after ${name}`, 0, openSpans(traced).length);
  const [root] = outermost(traced.spans);
  const hasOutputs = root?.outputs !== undefined && root.outputs !== null;
  if (helper.outputs !== false) problems.holds(`outputs after ${name}`, hasOutputs, "the answer", root?.outputs);
  const refused = await bench.pair(call, () => ({ ...options(), fault: bench.refusal(400, "refused by the testkit") }));
  problems.sameError(refused.untraced.run, refused.traced.run);
  problems.same(`open spans after ${name} has failed`, 0, openSpans(refused.traced).length);
}

async function settled(returned: unknown): Promise<unknown> {
  try {
    return await returned;
  } catch (error) {
    return error;
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(Object.freeze(value))) deepFreeze(part);
  return value;
}

async function captureWith(bench: Bench, call: Call, prepare: (client: unknown) => unknown) {
  const provider = new PlayedProvider(bench.newTape());
  return capture(async () => {
    const client = prepare(await bench.client(false, provider));
    return runCall(call, client, structuredClone(call.request), {}, takeAll(call));
  });
}

async function examineOriginal(...[bench, call, problems]: Parameters<Examination>): Promise<void> {
  // Some clients make spans of their own; those are not the integration's.
  const untraced = await bench.observe(call, { traced: false });
  const replaced: string[] = [];
  const { recording, result } = await captureWith(bench, call, (client) => {
    const before = functionsOf(client);
    bench.integration.wrap?.(client);
    for (const [path, member] of functionsOf(client)) if (before.get(path) !== member) replaced.push(path);
    return client;
  });
  problems.same("replaced methods", [], replaced);
  problems.same("error of the original client", "no", result.failed);
  const [before, after] = [untraced, recording].map(({ spans }) => drawRecorded(spans, outermost(spans)));
  problems.same("spans of the original client", before, after);
}
