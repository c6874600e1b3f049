import { SpanAttributeKey } from "mlflow-tracing";
import { defineCheck } from "../check.js";
import type { ExpectedSpan } from "../integration.js";
import { drawExpected, drawRecorded, type MatchedSpan, matchSpans, outermost } from "../span-tree.js";

const expectedSpans = (span: ExpectedSpan): ExpectedSpan[] => [span, ...(span.children ?? []).flatMap(expectedSpans)];

/** A check of one attribute that the description may name for a span. */
function attributeCheck<Id extends string>(
  id: Id,
  title: string,
  why: string,
  key: string,
  wanted: (expected: ExpectedSpan) => unknown,
) {
  return defineCheck({
    id,
    title,
    why,
    calls: ({ expect }) => expectedSpans(expect).some((span) => wanted(span) !== undefined),
    async examine(bench, call, problems) {
      const seen = await bench.observe(call);
      const [root] = outermost(seen.spans);
      const matched = root ? matchSpans(seen, root, call.expect) : [];
      problems.holds(
        "spans",
        matched.length === expectedSpans(call.expect).length,
        "all that are expected",
        matched.length,
      );
      const compare = ({ span, expected }: MatchedSpan): void => {
        const value = wanted(expected);
        if (value !== undefined) problems.same(`${key} of ${span.name}`, value, span.getAttribute(key));
      };
      matched.forEach(compare);
    },
  });
}

export const SHAPE_CHECKS = [
  defineCheck({
    id: "names-and-types",
    title: "Each call is recorded with the names and types that were announced",
    why: "People search traces by name, and viewers choose how to show a span by its type.",
    async examine(bench, call, problems) {
      const seen = await bench.observe(call);
      problems.same("spans", drawExpected(call.expect), drawRecorded(seen.spans, outermost(seen.spans)));
    },
  }),
  defineCheck({
    id: "recorded-once",
    title: "A call is recorded once, and the next one once more",
    why: "Doubled spans double token counts and costs; a wrapper that works only once loses every later call.",
    async examine(bench, call, problems) {
      const count = (expected: ExpectedSpan): number => expectedSpans(expected).length;
      const seen = await bench.observe(call, { again: true });
      problems.same("number of spans of two calls", 2 * count(call.expect), seen.spans.length);
    },
  }),
  attributeCheck(
    "model",
    "The model is recorded",
    "Costs are worked out by model.",
    SpanAttributeKey.MODEL,
    ({ model }) => model,
  ),
  attributeCheck(
    "provider",
    "The provider is recorded",
    "The same model name has another price elsewhere.",
    SpanAttributeKey.MODEL_PROVIDER,
    ({ provider }) => provider,
  ),
  attributeCheck(
    "message-format",
    "The message format is recorded",
    "Without it a viewer shows JSON instead of a conversation.",
    SpanAttributeKey.MESSAGE_FORMAT,
    ({ messageFormat }) => messageFormat,
  ),
  defineCheck({
    id: "attributes",
    title: "All announced attributes are recorded",
    why: "Tools, settings and costs are read from attributes.",
    calls: ({ expect }) => expectedSpans(expect).some(({ attributes }) => attributes !== undefined),
    async examine(bench, call, problems) {
      const seen = await bench.observe(call);
      const [root] = outermost(seen.spans);
      if (!root) problems.add("spans", "one at least", "none");
      for (const { span, expected } of root ? matchSpans(seen, root, call.expect) : []) {
        for (const [key, value] of Object.entries(expected.attributes ?? {})) {
          problems.sameJson(`${key} of ${span.name}`, value, span.getAttribute(key));
        }
      }
    },
  }),
];
