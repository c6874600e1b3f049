import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "../json/bigint-json.js";
import { jsonValues } from "../testing/json-values.js";
import { assessmentFromJson, assessmentToJson, isExpectation, isFeedback } from "./assessment.js";
import { AssessmentError, truncateStackTrace } from "./assessment-error.js";
import { Expectation, type ExpectationParams } from "./assessment-expectation.js";
import { Feedback, type FeedbackParams } from "./assessment-feedback.js";
import { AssessmentSource } from "./assessment-source.js";

/** As a server of MLflow 3.17 answers. */
const RECORDED_FEEDBACK = {
  assessment_id: "a-db2a2375d22f49b1bf62ce923b67f18e",
  assessment_name: "quality",
  trace_id: "tr-c5282fc767cabf0c7794da23b5feb856",
  span_id: "4cf6829aa93728e8",
  source: { source_type: "HUMAN", source_id: "me@x" },
  create_time: "2026-11-22T21:50:38.911Z",
  last_update_time: "2026-11-22T21:50:38.911Z",
  feedback: { value: true },
  rationale: "because",
  metadata: { k: "v" },
  overrides: "a-1",
  valid: false,
};

const throughText = (json: unknown) => Object(parseJson(stringifyJson(json)));

describe("feedback", () => {
  it("has defaults and leaves out what was not given", () => {
    expect(new Feedback({ value: 1 }).toJson()).toStrictEqual({
      assessment_name: "feedback",
      source: { source_type: "CODE", source_id: "default" },
      feedback: { value: 1 },
    });
  });

  it("reads the server's form and writes it unchanged", () => {
    const feedback = Feedback.fromJson(RECORDED_FEEDBACK);
    expect(feedback).toMatchObject({ name: "quality", value: true, valid: false, createTime: 1795384238911 });
    expect(feedback.source).toEqual(new AssessmentSource({ sourceType: "human", sourceId: "me@x" }));
    expect(feedback.toJson()).toStrictEqual(RECORDED_FEEDBACK);
  });

  it.each<[string, FeedbackParams["error"], unknown]>([
    ["a message", "boom", { error_code: "ASSESSMENT_ERROR", error_message: "boom" }],
    ["parts", { errorCode: "TIMEOUT", stackTrace: "st" }, { error_code: "TIMEOUT", stack_trace: "st" }],
    [
      "an error",
      Object.assign(new TypeError("bad"), { stack: "s" }),
      { error_code: "TypeError", error_message: "bad", stack_trace: "s" },
    ],
  ])("takes %s as its error", (_what, error, json) => {
    const feedback = new Feedback({ error });
    expect(feedback.toJson().feedback).toStrictEqual({ error: json });
    expect(Feedback.fromJson(throughText(feedback.toJson()))).toEqual(feedback);
  });

  it("accepts an error beside the payload on read", () => {
    const { error } = Feedback.fromJson({ assessment_name: "q", feedback: {}, error: { error_code: "E" } });
    expect(error).toEqual(new AssessmentError({ errorCode: "E" }));
  });

  it.each([{}, { error: "" }, { error: {} }, { value: undefined }])("needs a value or an error: %j", (params) => {
    expect(() => new Feedback({ name: "q", ...params })).toThrow("'q' needs a value or an error");
  });

  it("keeps null as the server does", () => {
    expect(Feedback.fromJson({ feedback: { value: null } }).value).toBeNull();
    expect(Feedback.fromJson({ feedback: {} }).value).toBeNull();
  });

  it("refuses metadata that are no strings: the server would drop them and the fields after them", () => {
    const metadata = { n: 5 } as unknown as Record<string, string>;
    expect(() => new Feedback({ value: 1, metadata })).toThrow("'n' is of type number");
  });
});

describe("expectations", () => {
  it.each<[string, unknown, unknown]>([
    ["a string", "42", { value: "42" }],
    ["a number", 1.5, { value: 1.5 }],
    ["false", false, { value: false }],
    ["an object", { a: [1, 2] }, { serialized_value: { serialization_format: "JSON_FORMAT", value: '{"a":[1,2]}' } }],
    ["an empty list", [], { serialized_value: { serialization_format: "JSON_FORMAT", value: "[]" } }],
    [
      "integers beyond 2^53",
      [9007199254740993n, 1e20],
      { serialized_value: { serialization_format: "JSON_FORMAT", value: "[9007199254740993,1e+20]" } },
    ],
  ])("writes %s", (_what, value, json) => {
    const expectation = new Expectation({ name: "answer", value });
    expect(expectation.toJson()).toStrictEqual({
      assessment_name: "answer",
      source: { source_type: "HUMAN", source_id: "default" },
      expectation: json,
    });
    expect(Expectation.fromJson(throughText(expectation.toJson()))).toEqual(expectation);
  });

  it("reads a raw object, and Python's JSON text", () => {
    expect(Expectation.fromJson({ expectation: { value: { a: 1 } } }).value).toEqual({ a: 1 });
    const serialized_value = { serialization_format: "JSON_FORMAT", value: '{"a": 1.0, "b": 12345678901234567890}' };
    expect(Expectation.fromJson({ expectation: { serialized_value } }).value).toEqual({
      a: 1,
      b: 12345678901234567890n,
    });
  });

  it.each([null, undefined])("refuses %s", (value) => {
    expect(() => new Expectation({ name: "answer", value })).toThrow("other than null");
  });
});

describe("sources", () => {
  it.each([
    ["ai_judge", "LLM_JUDGE"],
    ["AI_JUDGE", "LLM_JUDGE"],
    [" llm_judge ", "LLM_JUDGE"],
    ["human", "HUMAN"],
    ["Code", "CODE"],
    ["SOURCE_TYPE_UNSPECIFIED", "SOURCE_TYPE_UNSPECIFIED"],
  ])("reads %j as %s", (sourceType, expected) => {
    expect(new AssessmentSource({ sourceType, sourceId: "" })).toMatchObject({
      sourceType: expected,
      sourceId: "default",
    });
  });

  it.each(["", "ROBOT", "__proto__"])("refuses %j", (sourceType) => {
    expect(() => new AssessmentSource({ sourceType })).toThrow("Invalid assessment source type");
  });
});

describe("stack traces", () => {
  it("are cut at the front to exactly 10,000 characters", () => {
    const prefix = "[Stack trace is truncated]\n...\n";
    expect(truncateStackTrace("x".repeat(10_000))).toBe("x".repeat(10_000));
    const cut = truncateStackTrace(`${"a".repeat(10_000)}end`);
    expect(cut).toHaveLength(10_000);
    expect(cut.startsWith(prefix)).toBe(true);
    expect(cut.endsWith("aend")).toBe(true);
    expect(new AssessmentError({ stackTrace: "x".repeat(10_001) }).stackTrace).toHaveLength(10_000);
  });
});

describe("traces in Unity Catalog", () => {
  it.each([
    ["trace:/cat.sch/ab12", { type: "UC_SCHEMA", uc_schema: { catalog_name: "cat", schema_name: "sch" } }],
    [
      "trace:/cat.sch.pre/ab12",
      { type: "UC_TABLE_PREFIX", uc_table_prefix: { catalog_name: "cat", schema_name: "sch", table_prefix: "pre" } },
    ],
  ])("are named by id and location: %s", (traceId, trace_location) => {
    const json = new Feedback({ value: 1, traceId }).toJson();
    expect(json).toMatchObject({ trace_id: "ab12", trace_location });
    expect(Feedback.fromJson(json).traceId).toBe(traceId);
  });

  it.each(["trace:/cat/ab12", "trace:/a.b.c.d/ab12", "trace:/a..c/ab12", "trace:/a.b.", "trace:/"])(
    "refuses %s",
    (traceId) => {
      expect(() => new Feedback({ value: 1, traceId }).toJson()).toThrow("Invalid trace id");
    },
  );
});

describe("assessments of any kind", () => {
  it.each<[string, Record<string, unknown>]>([
    ["another kind", { assessment_name: "i", issue: { issue_name: "x" } }],
    ["a source type of a later version", { ...RECORDED_FEEDBACK, source: { source_type: "COMMITTEE" } }],
    ["another format", { expectation: { serialized_value: { serialization_format: "XML", value: "<x/>" } } }],
    ["broken JSON text", { expectation: { serialized_value: { serialization_format: "JSON_FORMAT", value: "{" } } }],
    ["nothing", {}],
  ])("stay as they are when they are not understood: %s", (_what, json) => {
    const assessment = assessmentFromJson(json);
    expect(assessment).toBe(json);
    expect(isFeedback(assessment) || isExpectation(assessment)).toBe(false);
    expect(assessmentToJson(assessment)).toBe(json);
  });

  const shared = fc.record(
    {
      name: fc.string({ unit: "binary", minLength: 1 }),
      source: fc.record({
        sourceType: fc.constantFrom("HUMAN", "CODE", "LLM_JUDGE", "ai_judge"),
        sourceId: fc.string({ unit: "binary" }),
      }),
      traceId: fc.constantFrom("tr-1", "trace:/a.b/1", "trace:/a.b.c/1"),
      spanId: fc.constant("4cf6829aa93728e8"),
      rationale: fc.string({ unit: "binary" }),
      metadata: fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), { noNullPrototype: true }),
      assessmentId: fc.uuid(),
      createTime: fc.integer({ min: -1e13, max: 1e13 }),
      lastUpdateTime: fc.integer({ min: -1e13, max: 1e13 }),
      valid: fc.boolean(),
    },
    { requiredKeys: ["name"], noNullPrototype: true },
  );
  const anyError = fc.record(
    { errorCode: fc.string({ minLength: 1 }), errorMessage: fc.string(), stackTrace: fc.string() },
    { requiredKeys: ["errorCode"], noNullPrototype: true },
  );
  // A double beyond 2^53 is an integer literal in JSON, and is read as that.
  const hasLongDouble = (value: unknown): boolean =>
    typeof value === "object" && value !== null
      ? Object.values(value).some(hasLongDouble)
      : typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21;

  it("feedback is read back equal", () => {
    const any = fc.record({
      shared,
      value: jsonValues.filter((value) => !hasLongDouble(value)),
      error: fc.option(anyError, { nil: undefined }),
      overrides: fc.option(fc.uuid(), { nil: undefined }),
    });
    fc.assert(
      fc.property(any, ({ shared, ...own }) => {
        const feedback = new Feedback({ ...(shared as FeedbackParams), ...own });
        const back = assessmentFromJson(throughText(feedback.toJson()));
        expect(back).toEqual(feedback);
        expect(isFeedback(back)).toBe(true);
      }),
    );
  });

  it("expectations are read back equal, integers of any size in objects exact", () => {
    const any = jsonValues.filter((value) => value !== null && (typeof value === "object" || !hasLongDouble(value)));
    fc.assert(
      fc.property(shared, any, (shared, value) => {
        const expectation = new Expectation({ ...(shared as ExpectationParams), value });
        const back = assessmentFromJson(throughText(expectation.toJson()));
        expect(back).toEqual(expectation);
        expect(isExpectation(back)).toBe(true);
      }),
    );
  });

  it("never throw on read", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(RECORDED_FEEDBACK), "expectation", "error"), fc.jsonValue()),
        (json) => {
          expect(() => assessmentToJson(assessmentFromJson(json))).not.toThrow();
        },
      ),
    );
  });
});
