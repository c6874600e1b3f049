import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Expectation } from "../entities/assessment-expectation.js";
import { Feedback } from "../entities/assessment-feedback.js";
import { exactJson } from "../entities/json-value.js";
import { CannedServer, refusal, type SeenRequest } from "../testing/canned-server.js";
import { jsonValues } from "../testing/json-values.js";
import { MlflowClient } from "./mlflow-client.js";

const LOG = "POST /api/3.0/mlflow/traces/tr-1/assessments";
const GET = "GET /api/3.0/mlflow/traces/tr-1/assessments/a-1";
const PATCH = "PATCH /api/3.0/mlflow/traces/tr-1/assessments/a-1";
const DELETE = "DELETE /api/3.0/mlflow/traces/tr-1/assessments/a-1";

/** What the server makes of numbers outside of JSON texts. */
function asDoubles(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(asDoubles);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asDoubles(item)]));
}

/** Python writes doubles with a point or an exponent, so that they are read as such. */
const echo = ({ body }: SeenRequest) => {
  const assessment = { assessment_id: "a-1", ...Object(asDoubles(Object(body).assessment)), valid: true };
  return exactJson({ assessment });
};

let server: CannedServer;
let client: MlflowClient;
let undo: () => void;
beforeEach(() => {
  server = new CannedServer({ [LOG]: echo, [DELETE]: {} });
  undo = server.install();
  client = new MlflowClient({ trackingUri: server.uri });
});
afterEach(() => undo());

describe("logging", () => {
  it("sends feedback and gives the server's copy", async () => {
    const feedback = await client.logFeedback({
      traceId: "tr-1",
      name: "quality",
      value: true,
      source: { sourceType: "ai_judge", sourceId: "gpt" },
      rationale: "because",
      metadata: { k: "v" },
      spanId: "4cf6829aa93728e8",
    });
    expect(server.lastBody).toEqual({
      assessment: {
        assessment_name: "quality",
        trace_id: "tr-1",
        span_id: "4cf6829aa93728e8",
        source: { source_type: "LLM_JUDGE", source_id: "gpt" },
        feedback: { value: true },
        rationale: "because",
        metadata: { k: "v" },
      },
    });
    expect(feedback).toBeInstanceOf(Feedback);
    expect(feedback).toMatchObject({ assessmentId: "a-1", valid: true });
  });

  it("sends expectations, objects as JSON text", async () => {
    const expectation = await client.logExpectation({
      traceId: "tr-1",
      name: "answer",
      value: { n: [2n ** 64n, 1e20] },
    });
    expect(server.lastBody).toMatchObject({
      assessment: {
        source: { source_type: "HUMAN", source_id: "default" },
        expectation: {
          serialized_value: { serialization_format: "JSON_FORMAT", value: '{"n":[18446744073709551616,1e+20]}' },
        },
      },
    });
    expect(expectation.value).toEqual({ n: [2n ** 64n, 1e20] });
  });

  it("sends errors within the feedback, where the server reads them", async () => {
    await client.logFeedback({ traceId: "tr-1", error: Object.assign(new RangeError("late"), { stack: "st" }) });
    expect(server.lastBody).toMatchObject({
      assessment: { feedback: { error: { error_code: "RangeError", error_message: "late", stack_trace: "st" } } },
    });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["a long integer in feedback", () => client.logFeedback({ traceId: "tr-1", value: 2n ** 53n + 1n })],
    ["one deep in feedback", () => client.logFeedback({ traceId: "tr-1", value: { a: [2n ** 53n + 1n] } })],
    ["a bare long integer", () => client.logExpectation({ traceId: "tr-1", name: "n", value: 2n ** 53n + 1n })],
    ["one beyond doubles", () => client.logExpectation({ traceId: "tr-1", name: "n", value: 10n ** 400n })],
    ["one in an update", () => client.updateFeedback("tr-1", "a-1", { value: -(2n ** 53n) - 1n })],
  ])("refuses what the server would round: %s", async (_what, log) => {
    await expect(log()).rejects.toThrow("cannot keep exactly");
    expect(server.requests).toEqual([]);
  });

  it("loses nothing of what it sends", async () => {
    await fc.assert(
      fc.asyncProperty(jsonValues, async (value) => {
        const feedback = await client.logFeedback({ traceId: "tr-1", value }).catch((error: unknown) => error);
        if (feedback instanceof Feedback) expect(feedback.value).toEqual(asDoubles(value));
        else expect(String(feedback)).toContain("cannot keep exactly");
        if (value === null) return;
        const expectation = await client.logExpectation({ traceId: "tr-1", name: "n", value }).catch(String);
        if (expectation instanceof Expectation)
          expect(expectation.value).toEqual(typeof value === "object" ? value : asDoubles(value));
        else expect(expectation).toContain("cannot keep exactly");
      }),
    );
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ["no trace", () => client.logFeedback({ traceId: "", value: 1 }), "traceId"],
    ["no name", () => client.logExpectation({ traceId: "tr-1", name: "", value: 1 }), "name"],
    ["no value", () => client.logFeedback({ traceId: "tr-1" }), "value or an error"],
    [
      "a source of an unknown type",
      () => client.logFeedback({ traceId: "tr-1", value: 1, source: { sourceType: "ROBOT" } }),
      "source type",
    ],
    ["a value that is no JSON", () => client.logFeedback({ traceId: "tr-1", value: Number.NaN }), "NaN is not"],
  ])("rejects for %s, before anything is sent", async (_what, log, message) => {
    await expect(log()).rejects.toThrow(message);
    expect(server.requests).toEqual([]);
  });

  it("says that traces are sent in the background when the trace is unknown", async () => {
    server.on({ [LOG]: refusal(404, "RESOURCE_DOES_NOT_EXIST", "Trace with ID 'tr-1' not found.") });
    await expect(client.logFeedback({ traceId: "tr-1", value: 1 })).rejects.toThrow(/not found[\s\S]*flushTraces/);
  });

  it("does not take an answer of another kind", async () => {
    server.on({ [LOG]: {} });
    await expect(client.logFeedback({ traceId: "tr-1", value: 1 })).rejects.toThrow("no assessment of the kind");
  });
});

describe("updating", () => {
  const stored = (kind: object) => () => ({
    assessment: { assessment_id: "a-1", assessment_name: "n", source: { source_type: "HUMAN" }, ...kind },
  });

  it.each<[object, object, string]>([
    [{ value: 2 }, { feedback: { value: 2 } }, "feedback"],
    [{ value: null }, { feedback: { value: null } }, "feedback"],
    [{ error: "boom" }, { feedback: { error: { error_code: "ASSESSMENT_ERROR", error_message: "boom" } } }, "feedback"],
    [{ rationale: "" }, { rationale: "" }, "rationale"],
    [
      { name: "new", value: "v", rationale: "r", metadata: { k: "v" } },
      { assessment_name: "new", feedback: { value: "v" }, rationale: "r", metadata: { k: "v" } },
      "assessmentName,rationale,metadata,feedback",
    ],
  ])("sends %j and a mask in camel case", async (changes, assessment, update_mask) => {
    server.on({ [PATCH]: stored({ feedback: { value: 1 } }) });
    expect(await client.updateFeedback("tr-1", "a-1", changes)).toBeInstanceOf(Feedback);
    expect(server.lastBody).toEqual({ assessment, update_mask });
  });

  it("changes expectations", async () => {
    server.on({ [PATCH]: stored({ expectation: { value: 1 } }) });
    await client.updateExpectation("tr-1", "a-1", { value: [1] });
    const expectation = { serialized_value: { serialization_format: "JSON_FORMAT", value: "[1]" } };
    expect(server.lastBody).toEqual({ assessment: { expectation }, update_mask: "expectation" });
    expect(await client.updateExpectation("tr-1", "a-1", { name: "e" })).toBeInstanceOf(Expectation);
    expect(server.lastBody).toEqual({ assessment: { assessment_name: "e" }, update_mask: "assessmentName" });
  });

  it("refuses to change nothing, and to take the name away", async () => {
    await expect(client.updateFeedback("tr-1", "a-1", {})).rejects.toThrow("nothing to update");
    await expect(client.updateExpectation("tr-1", "a-1", {})).rejects.toThrow("nothing to update");
    await expect(client.updateFeedback("tr-1", "a-1", { name: "" })).rejects.toThrow("name");
    await expect(client.updateExpectation("tr-1", "a-1", { value: null })).rejects.toThrow("other than null");
    await expect(client.updateFeedback("tr-1", "", { value: 1 })).rejects.toThrow("assessmentId");
    expect(server.requests).toEqual([]);
  });
});

describe("overriding, reading, deleting", () => {
  it("takes name and span over from the feedback that it replaces", async () => {
    server.on({
      [GET]: {
        assessment: {
          assessment_name: "quality",
          span_id: "4cf6829aa93728e8",
          source: { source_type: "HUMAN" },
          feedback: { value: true },
        },
      },
    });
    const source = { sourceType: "HUMAN", sourceId: "kari" };
    const feedback = await client.overrideFeedback("tr-1", "a-1", { value: false, source, rationale: "r" });
    expect(feedback).toMatchObject({ name: "quality", spanId: "4cf6829aa93728e8", overrides: "a-1", value: false });
    expect(server.calls).toEqual([GET, LOG]);
  });

  it("overrides feedback only", async () => {
    server.on({
      [GET]: { assessment: { assessment_name: "e", source: { source_type: "HUMAN" }, expectation: { value: 1 } } },
    });
    await expect(client.overrideFeedback("tr-1", "a-1", { value: 1 })).rejects.toThrow("a-1 is no feedback");
    expect(server.calls).toEqual([GET]);
  });

  it("gives an unknown kind as it is", async () => {
    const assessment = { assessment_name: "i", issue: { issue_name: "x" } };
    server.on({ [GET]: { assessment } });
    expect(await client.getAssessment("tr-1", "a-1")).toEqual(assessment);
    await client.deleteAssessment("tr-1", "a-1");
    expect(server.calls.at(-1)).toBe(DELETE);
  });
});
