import { type LiveSpan, SpanAttributeKey, type TokenUsage } from "mlflow-tracing";
import { type Bench, type Observation, TEST_API_KEY } from "../bench.js";
import { defineCheck } from "../check.js";
import { describeValue } from "../describe-value.js";
import type { Call, ExpectedSpan } from "../integration.js";
import type { Problems } from "../problems.js";
import { takeAll } from "../run-call.js";
import { type MatchedSpan, matchSpans, outermost } from "../span-tree.js";

/** What the SDK writes where a value is no data. */
const PLACEHOLDERS = /"\[(?:Undefined|Function|Promise|Circular|Unreadable|Truncated)\]"|"Symbol\(.*?\)"/;

async function observeSpans(bench: Bench, call: Call, problems: Problems): Promise<[Observation, MatchedSpan[]]> {
  const seen = await bench.observe(call);
  const [root] = outermost(seen.spans);
  if (!root) problems.add("spans", "one at least", "none");
  return [seen, root ? matchSpans(seen, root, call.expect) : []];
}

export const PAYLOAD_CHECKS = [
  defineCheck({
    id: "inputs",
    title: "Inputs are what the call was asked",
    why: "A trace without the prompt explains nothing.",
    async examine(bench, call, problems) {
      const [, matched] = await observeSpans(bench, call, problems);
      for (const { span, expected, isOutermost } of matched) {
        if (expected.inputs) problems.sameJson(`inputs of ${span.name}`, expected.inputs(call.request), span.inputs);
        else if (isOutermost) problems.sameJson(`inputs of ${span.name}`, call.request, span.inputs);
      }
    },
  }),
  defineCheck({
    id: "inputs-of-the-moment",
    title: "Inputs are those of the moment of the call",
    why: "Chat programs add to the same list of messages turn by turn; a late reading shows the wrong prompt.",
    async examine(bench, call, problems) {
      const request = structuredClone(call.request);
      if (typeof request !== "object" || request === null) return "the request is no object that could change";
      const consume = takeAll(call);

      const seen = await bench.observe(call, {
        request: () => request,
        consume: (returned, run) => {
          addLater(request);
          return consume(returned, run);
        },
      });
      const [root] = outermost(seen.spans);
      const recorded = describeJson(root?.inputs);
      problems.holds("inputs", root !== undefined && !recorded.includes(LATER), "no later additions", recorded);
    },
  }),
  defineCheck({
    id: "outputs",
    title: "Outputs are what the call answered",
    why: "A trace without the answer explains nothing; a stream's answer has to be put together from its parts.",
    async examine(bench, call, problems) {
      const [seen, matched] = await observeSpans(bench, call, problems);
      for (const { span, expected, isOutermost } of matched) {
        const what = `outputs of ${span.name}`;
        if (expected.outputs) problems.sameJson(what, expected.outputs(seen.run.result), span.outputs);
        else if (isOutermost && call.kind === "plain") problems.sameJson(what, seen.run.result, span.outputs);
        else if (isOutermost) problems.holds(what, isAnswer(span, call), `the answer ${call.text ?? ""}`, span.outputs);
      }
    },
  }),
  defineCheck({
    id: "token-usage",
    title: "Tokens are recorded as the provider counted them",
    why: "Costs and budgets are worked out of them.",
    calls: ({ expect }) => expect.usage !== "none" || (expect.children ?? []).length > 0,
    async examine(bench, call, problems) {
      const [seen, matched] = await observeSpans(bench, call, problems);
      for (const one of matched) compareUsage(one, seen, problems);
    },
  }),
  defineCheck({
    id: "trace-token-usage",
    title: "The trace has the call's tokens, counted once",
    why: "Tokens on a span and again on the span below it are added up to twice the cost.",
    calls: ({ expect }) => typeof expect.usage === "object" || typeof expect.usage === "function",
    async examine(bench, call, problems) {
      const [seen] = await observeSpans(bench, call, problems);
      const usage = expectedUsage(call.expect, seen);
      problems.sameJson("token usage of the trace", usage, seen.traces[0]?.trace.info.tokenUsage);
    },
  }),
  defineCheck({
    id: "plain-data",
    title: "What is recorded is data, and nothing else",
    why: "Functions, open streams and cycles cannot be stored: their places in the trace are taken by placeholders.",
    async examine(bench, call, problems) {
      const [{ traces }] = await observeSpans(bench, call, problems);
      const spans = traces.flatMap(({ trace }) => trace.data.spans);
      for (const span of spans) {
        for (const [key, text] of Object.entries(span.toJson().attributes)) {
          const found = PLACEHOLDERS.exec(describeJson(text, Number.MAX_SAFE_INTEGER));
          if (found) problems.add(`${key} of ${span.name}`, "data only", found[0]);
        }
      }
      problems.holds("exported spans", spans.length > 0, "one at least", "none");
    },
  }),
  defineCheck({
    id: "no-secrets",
    title: "The API key is in no span",
    why: "Many people read traces.",
    async examine(bench, call, problems) {
      const runs = [await bench.observe(call), await bench.observe(call, { fault: bench.refusal(400, "refused") })];
      for (const span of runs.flatMap(({ spans }) => spans)) {
        const text = describeJson(span.toJson(), Number.MAX_SAFE_INTEGER);
        problems.holds(`span ${span.name}`, !text.includes(TEST_API_KEY), "no API key", "the API key");
      }
    },
  }),
];

const LATER = "testkit: added after the call had started";

/** Changes a request as its owner may do when the call is under way. */
function addLater(request: object): void {
  Reflect.set(request, "testkit", LATER);
  for (const value of Object.values(request)) if (Array.isArray(value)) value.push(LATER);
}

function describeJson(value: unknown, limit = 400): string {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part)) ?? "";
  const plain = typeof value === "string" ? value : text;
  return plain.slice(0, limit);
}

function isAnswer(span: LiveSpan, call: Call): boolean {
  if (typeof span.outputs !== "object" || span.outputs === null) return false;
  const text = describeJson(span.outputs, Number.MAX_SAFE_INTEGER);
  return call.text === undefined ? text.length > 2 : text.includes(JSON.stringify(call.text).slice(1, -1));
}

function expectedUsage({ usage }: ExpectedSpan, { run }: Observation): TokenUsage | "none" | undefined {
  return typeof usage === "function" ? usage(run.result) : usage;
}

function compareUsage({ span, expected, isOutermost }: MatchedSpan, seen: Observation, problems: Problems): void {
  const recorded = span.getAttribute(SpanAttributeKey.TOKEN_USAGE);
  const wanted = expectedUsage(expected, seen);
  const what = `tokens of ${span.name}`;
  if (wanted === "none") problems.same(what, undefined, recorded);
  else if (wanted) problems.sameJson(what, wanted, recorded);
  else if (isOutermost) problems.holds(what, isConsistent(recorded), "input + output = total", describeValue(recorded));
}

function isConsistent(recorded: unknown): boolean {
  if (typeof recorded !== "object" || recorded === null) return false;
  const { input_tokens, output_tokens, total_tokens } = recorded as Partial<TokenUsage>;
  const counts = [input_tokens, output_tokens, total_tokens];
  const areCounts = counts.every((count) => Number.isInteger(count) && Number(count) >= 0);
  return areCounts && Number(input_tokens) + Number(output_tokens) === total_tokens && Number(total_tokens) > 0;
}
