import { randomUUID } from "node:crypto";
import { AssessmentSourceType, flushTraces, init, isFeedback, MlflowClient, MlflowHttpError } from "mlflow-tracing";
import { beforeAll, describe, expect, it } from "vitest";
import { infoFromClient } from "./support/client-record";
import { testEnvironment } from "./support/environment";
import { type Exact, exact } from "./support/exact";
import { readWithPython } from "./support/python";
import { type AssessmentRecord, inOrder } from "./support/record";
import { type WrittenTrace, writeTrace } from "./support/trace-spec";

const client = new MlflowClient({ trackingUri: testEnvironment().trackingUri });
const TEXT = 'why ü 🙂 "12" \u202eרטל\u202c \\u0041';
const BIG = 2n ** 60n;
const FEEDBACK: Record<string, unknown> = {
  yes: true,
  no: false,
  zero: 0,
  fraction: 0.1,
  large: 2 ** 53,
  number: "12",
  word: "true",
  empty: "",
  words: TEXT,
  none: null,
  list: ["a", 1, null, [true]],
  object: { "a.b": { c: [1.5] }, "": "x" },
  nothing: {},
};
const EXPECTATIONS: Record<string, unknown> = {
  text: "42",
  yes: false,
  score: 2.5,
  list: ["12", 1, null, {}],
  object: { deep: [{ "a b": BIG }], words: TEXT },
  "empty list": [],
};
const ERROR = { errorCode: "RATE_LIMITED", errorMessage: TEXT, stackTrace: "at line 1\n  at line 2" };

describe("assessments that we log", () => {
  let trace: WrittenTrace;
  let ids: Record<"changed" | "overridden" | "overriding" | "expected", string>;
  let python: AssessmentRecord[];
  const named = (name: string) => python.filter((assessment) => assessment.name === name);

  async function logAll(traceId: string, spanId: string): Promise<void> {
    for (const [name, value] of Object.entries(FEEDBACK)) {
      await client.logFeedback({ traceId, name: `feedback ${name}`, value, rationale: TEXT });
    }
    for (const [name, value] of Object.entries(EXPECTATIONS)) {
      await client.logExpectation({ traceId, name: `expectation ${name}`, value, metadata: { [TEXT]: TEXT } });
    }
    for (const sourceType of [...Object.values(AssessmentSourceType), "AI_JUDGE", "human"]) {
      await client.logFeedback({ traceId, name: `by ${sourceType}`, value: 1, source: { sourceType, sourceId: TEXT } });
    }
    await client.logFeedback({ traceId, name: "failed", error: ERROR, spanId, metadata: { a: "b" } });
    await client.logFeedback({ traceId, name: "failed in part", error: new RangeError("no"), value: "some" });
  }

  async function changeSome(traceId: string): Promise<typeof ids> {
    const source = { sourceType: "HUMAN", sourceId: "kari" };
    const changed = await client.logFeedback({
      traceId,
      name: "before",
      value: 1,
      metadata: { a: "1", b: "1" },
      source,
    });
    const id = changed.assessmentId ?? "";
    await client.updateFeedback(traceId, id, { name: "after", value: [2], rationale: TEXT, metadata: { b: "2" } });
    const old = await client.logFeedback({ traceId, name: "judged", value: false, source });
    const overriding = await client.overrideFeedback(traceId, old.assessmentId ?? "", {
      value: true,
      rationale: "seen",
    });
    const expected = await client.logExpectation({ traceId, name: "wanted", value: { a: 1 } });
    await client.updateExpectation(traceId, expected.assessmentId ?? "", { value: { a: [BIG] } });
    const gone = await client.logFeedback({ traceId, name: "deleted", value: 1 });
    await client.deleteAssessment(traceId, gone.assessmentId ?? "");
    return {
      changed: id,
      overridden: old.assessmentId ?? "",
      overriding: overriding.assessmentId ?? "",
      expected: expected.assessmentId ?? "",
    };
  }

  beforeAll(async () => {
    const experimentId = await client.createExperiment(`assess ${randomUUID()}`);
    init({ trackingUri: client.getHost(), experimentId });
    trace = writeTrace({ spans: [{ name: "root", type: "CHAIN", startNs: 10n ** 18n, endNs: 10n ** 18n + 5n }] });
    await flushTraces();
    await logAll(trace.traceId, trace.spanIds[0] ?? "");
    ids = await changeSome(trace.traceId);
    const [found] = await readWithPython([trace.traceId]);
    python = found?.info.assessments ?? [];
  });

  it.each(Object.entries(FEEDBACK))("Python reads feedback %s equal", (name, value) => {
    const [found, ...more] = named(`feedback ${name}`);
    const { id, createTimeMs, lastUpdateTimeMs, ...rest } = found ?? ({} as AssessmentRecord);
    expect(more).toEqual([]);
    expect(rest).toStrictEqual({
      kind: "feedback",
      traceId: trace.traceId,
      name: `feedback ${name}`,
      value: exact(value),
      sourceType: "CODE",
      sourceId: "default",
      rationale: TEXT,
      metadata: {},
      spanId: null,
      error: null,
      overrides: null,
      valid: true,
    });
    expect(id).toMatch(/^a-[0-9a-f]{32}$/);
    expect(Math.abs(createTimeMs - Date.now())).toBeLessThan(3_600_000);
    expect(lastUpdateTimeMs).toBe(createTimeMs);
  });

  it.each(Object.entries(EXPECTATIONS))("Python reads expectation %s equal", (name, value) => {
    expect(named(`expectation ${name}`)).toMatchObject([
      {
        kind: "expectation",
        value: exact(value),
        sourceType: "HUMAN",
        sourceId: "default",
        metadata: { [TEXT]: TEXT },
      },
    ]);
  });

  it.each([
    ["HUMAN", "HUMAN"],
    ["LLM_JUDGE", "LLM_JUDGE"],
    ["CODE", "CODE"],
    ["SOURCE_TYPE_UNSPECIFIED", "SOURCE_TYPE_UNSPECIFIED"],
    ["AI_JUDGE", "LLM_JUDGE"],
    ["human", "HUMAN"],
  ])("source %s comes back as %s", (sourceType, back) => {
    expect(named(`by ${sourceType}`)).toMatchObject([{ sourceType: back, sourceId: TEXT }]);
  });

  it("errors, of a span", () => {
    const error = [ERROR.errorCode, ERROR.errorMessage, ERROR.stackTrace];
    expect(named("failed")).toMatchObject([{ value: null, error, spanId: trace.spanIds[0], metadata: { a: "b" } }]);
    expect(named("failed in part")).toMatchObject([{ value: "some", error: ["RangeError", "no", expect.any(String)] }]);
  });

  it("updates", () => {
    expect(named("before")).toEqual([]);
    expect(named("after")).toMatchObject([
      { id: ids.changed, value: [2n], rationale: TEXT, metadata: { a: "1", b: "2" }, sourceId: "kari" },
    ]);
    expect(named("wanted")).toMatchObject([{ id: ids.expected, value: { a: [BIG] } satisfies Exact }]);
  });

  it("overrides", () => {
    expect(named("judged")).toMatchObject([
      { id: ids.overridden, value: false, valid: false, overrides: null },
      { id: ids.overriding, value: true, valid: true, overrides: ids.overridden, rationale: "seen" },
    ]);
  });

  it("deletes", () => expect(named("deleted")).toEqual([]));

  it("our client reads the same", async () => {
    expect(python.length).toBeGreaterThan(25);
    const { info } = await client.getTrace(trace.traceId);
    expect(infoFromClient(info).assessments).toStrictEqual(inOrder(python));
    const one = await client.getAssessment(trace.traceId, ids.changed);
    expect(isFeedback(one) && one.value).toEqual([2]);
  });

  it("refuses what the server would round, and traces that do not exist", async () => {
    const { traceId } = trace;
    await expect(client.logFeedback({ traceId, name: "x", value: BIG + 1n })).rejects.toThrow(RangeError);
    const nowhere = client.logFeedback({ traceId: `tr-${"0".repeat(32)}`, name: "x", value: 1 });
    await expect(nowhere).rejects.toThrow(MlflowHttpError);
  });
});
