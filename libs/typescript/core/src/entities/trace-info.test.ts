import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "../json/bigint-json.js";
import { anyText, jsonValues } from "../testing/json-values.js";
import { assessmentFromJson } from "./assessment.js";
import { Expectation } from "./assessment-expectation.js";
import { Feedback } from "./assessment-feedback.js";
import { TraceInfo } from "./readable.js";
import type { TraceInfoParams } from "./trace-info.js";
import { createTraceLocationFromExperimentId, traceLocationFromJson, traceLocationToJson } from "./trace-location.js";
import { TraceState } from "./trace-state.js";

const LOCATION = createTraceLocationFromExperimentId("7");
const withParams = (params: Partial<TraceInfoParams>) =>
  new TraceInfo({ traceId: "tr-1", traceLocation: LOCATION, requestTime: 0, state: TraceState.OK, ...params });

const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text);
const isText = (value: unknown) => value === undefined || (typeof value === "string" && isWellFormed(value));
const isTextRecord = (value: unknown) =>
  Object.entries(value as object).every(([key, text]) => isWellFormed(key) && typeof text === "string" && isText(text));

/** The first field, in the order of the JSON, that makes a server of MLflow 3.17 refuse the info or drop what follows. */
function firstRefusedField(json: Record<string, unknown>): string | undefined {
  const rules: Record<string, (value: unknown) => boolean> = {
    trace_id: isText,
    client_request_id: isText,
    trace_location: (value) =>
      typeof Reflect.get(Object(Reflect.get(Object(value), "mlflow_experiment")), "experiment_id") === "string",
    request_preview: isText,
    response_preview: isText,
    request_time: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(String(value)),
    execution_duration: (value) =>
      value === undefined ||
      (/^-?\d+(\.\d{1,9})?s$/.test(String(value)) && Math.abs(Number.parseFloat(String(value))) <= 315_576_000_000),
    state: (value) => Object.values<unknown>(TraceState).includes(value),
    trace_metadata: isTextRecord,
    tags: isTextRecord,
  };
  return Object.keys(json).find((field) => !(rules[field]?.(json[field]) ?? field === "assessments"));
}

describe("what is sent", () => {
  it("is never refused, and nothing of it is dropped, whatever callers without types pass", () => {
    const anything = fc.oneof(
      jsonValues,
      anyText,
      fc.constantFrom(undefined, () => 1, Symbol("s"), Number.NaN, new Map()),
    );
    const any = fc.record({
      clientRequestId: anything,
      requestPreview: anything,
      responsePreview: anything,
      requestTime: fc.double({ min: -6e13, max: 2e14, noNaN: true }),
      executionDuration: fc.option(fc.double(), { nil: undefined }),
      tags: fc.dictionary(anyText, anything),
      traceMetadata: fc.dictionary(anyText, anything),
    });
    fc.assert(
      fc.property(any, (params) => {
        const json = withParams(params as Partial<TraceInfoParams>).toJson();
        expect(firstRefusedField(json)).toBeUndefined();
      }),
    );
  });

  it.each<[string, unknown]>([
    ["execution_duration", 0.5],
    ["execution_duration", "1e-7s"],
    ["request_time", "+010000-01-01T00:00:00.000Z"],
    ["tags", { n: 5 }],
    ["tags", { a: "\ud800" }],
    ["request_preview", {}],
    ["state", "DONE"],
    ["trace_location", { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: 7 } }],
  ])("the detector of the property above sees a bad %s: %j", (field, value) => {
    expect(firstRefusedField({ ...withParams({}).toJson(), [field]: value })).toBe(field);
  });

  it("has values that are no texts as JSON", () => {
    const tags = { n: 5, o: { a: [1n] }, u: undefined, z: null } as unknown as Record<string, string>;
    expect(withParams({ tags }).toJson().tags).toEqual({ n: "5", o: '{"a":[1]}' });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 8e15])("is not possible with the request time %d", (requestTime) => {
    expect(() => withParams({ requestTime }).toJson()).toThrow("milliseconds since 1970");
  });

  it.each([
    [500, "0.5s"],
    [0, "0s"],
    [0.0004, "0s"],
    [-1000, "-1s"],
    [1234.5678, "1.234s"],
    [315_576_000_000_000, "315576000000s"],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [1e21, undefined],
  ])("has a duration of %d ms as %s", (executionDuration, text) => {
    expect(withParams({ executionDuration }).toJson().execution_duration).toBe(text);
  });
});

describe("what is read", () => {
  it.each([
    ["0.500s", 500],
    ["2s", 2000],
    ["0s", 0],
    ["-1s", -1000],
    ["-0.250s", -250],
    ["0.57s", 570],
    ["1.2349s", 1234],
    ["0.5", undefined],
    ["", undefined],
  ])("takes the duration %s as %d ms", (execution_duration, ms) => {
    expect(TraceInfo.fromJson({ execution_duration }).executionDuration).toBe(ms);
  });

  it("has assessments as objects, and writes them back", () => {
    const opaque = { assessment_name: "i", issue: { issue_name: "slow" } };
    const json = {
      trace_id: "tr-1",
      assessments: [
        {
          assessment_id: "a-1",
          assessment_name: "q",
          source: { source_type: "HUMAN", source_id: "me" },
          feedback: { value: true },
          valid: true,
        },
        { assessment_name: "e", source: { source_type: "CODE", source_id: "x" }, expectation: { value: "42" } },
        opaque,
      ],
    };
    const info = TraceInfo.fromJson(json, assessmentFromJson);
    expect(info.assessments[0]).toBeInstanceOf(Feedback);
    expect(info.assessments[1]).toBeInstanceOf(Expectation);
    expect(info.assessments[2]).toBe(opaque);
    expect(info.toJson().assessments).toStrictEqual(json.assessments);
    expect(TraceInfo.fromJson({}).toJson()).not.toHaveProperty("assessments");
  });

  it("is equal to what was written", () => {
    const texts = fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), {
      noNullPrototype: true,
    });
    const text = fc.option(fc.string({ unit: "binary" }), { nil: undefined });
    const assessment = fc
      .record({ name: fc.string(), value: jsonValues.filter((value) => typeof value === "object" && value !== null) })
      .map((params) => new Expectation(params));
    const any = fc.record({
      clientRequestId: text,
      requestPreview: text,
      responsePreview: text,
      requestTime: fc.integer({ min: -6e13, max: 2.5e14 }),
      executionDuration: fc.option(fc.integer({ min: -1e14, max: 3e14 }), { nil: undefined }),
      state: fc.constantFrom(...Object.values(TraceState)),
      traceMetadata: texts,
      tags: texts,
      assessments: fc.array(assessment, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(any, (params) => {
        const info = withParams(params);
        expect(TraceInfo.fromJson(parseJson(stringifyJson(info.toJson())), assessmentFromJson)).toEqual(info);
      }),
    );
  });
});

describe("trace locations", () => {
  it.each([
    { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: "7" } },
    { type: "INFERENCE_TABLE", inference_table: { full_table_name: "a.b.c" } },
    {
      type: "UC_TABLE_PREFIX",
      uc_table_prefix: { catalog_name: "a", schema_name: "b", otel_spans_table_name: "a.b.s" },
    },
    { type: "MOON" },
  ])("are written as they were read: $type", (json) => {
    expect(traceLocationToJson(traceLocationFromJson(json))).toEqual(json);
  });

  it("name an experiment by text, as the server fails on a number", () => {
    const location = createTraceLocationFromExperimentId(7 as unknown as string);
    expect(traceLocationToJson(location).mlflow_experiment).toEqual({ experiment_id: "7" });
  });

  it("may be missing", () => {
    expect(traceLocationFromJson(undefined)).toEqual({ type: "TRACE_LOCATION_TYPE_UNSPECIFIED" });
  });
});
