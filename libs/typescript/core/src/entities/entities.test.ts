import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "../json/bigint-json.js";
import { Span, Trace, TraceInfo } from "./readable.js";
import { SpanLink } from "./span-link.js";
import { toSpanLogLevel } from "./span-log-level.js";
import { SpanStatus, toSpanStatusCode } from "./span-status.js";

/** As Python writes it: attributes as JSON texts, ids in base64, nanoseconds as bare integers. */
const PYTHON_SPAN = `{
  "trace_id": "rZo9DIws+6d2tejICXD4gw==", "span_id": "DOD2qjZ6ZrU=", "parent_span_id": null,
  "name": "Messages.create", "start_time_unix_nano": 1795383859075081230, "end_time_unix_nano": 1795383859239446749,
  "events": [{"name": "exception", "time_unix_nano": 1795383859239446001, "attributes": {"exception.type": "ValueError"}}],
  "status": {"code": "STATUS_CODE_ERROR", "message": "bad"},
  "attributes": {
    "mlflow.traceRequestId": "\\"tr-ad9a3d0c8c2cfba776b5e8c80970f883\\"", "mlflow.spanType": "\\"CHAT_MODEL\\"",
    "mlflow.spanInputs": "{\\"temperature\\": 0.5, \\"seed\\": 12345678901234567890}", "mlflow.spanOutputs": "\\"12\\"",
    "plain": "not json", "decoded": {"a": [false, ""]}, "mlflow.spanLogLevel": "40"
  },
  "links": [{"trace_id": "tr-00000000000000000000000000000001", "span_id": "0000000000000002", "attributes": null}]
}`;

describe("Span.fromJson", () => {
  const span = Span.fromJson(parseJson(PYTHON_SPAN));

  it("reads what Python wrote", () => {
    expect(span.traceId).toBe("tr-ad9a3d0c8c2cfba776b5e8c80970f883");
    expect(span.spanId).toBe("0ce0f6aa367a66b5");
    expect(span).toMatchObject({
      name: "Messages.create",
      spanType: "CHAT_MODEL",
      parentId: null,
      logLevel: 40,
      outputs: "12",
    });
    expect(span.inputs).toEqual({ temperature: 0.5, seed: 12345678901234567890n });
    expect(span.attributes).toMatchObject({ plain: "not json", decoded: { a: [false, ""] } });
    expect(span.startTime).toEqual([1795383859, 75081230]);
    expect(span.status).toMatchObject({ statusCode: "STATUS_CODE_ERROR", description: "bad" });
    expect(span.events[0]).toMatchObject({ name: "exception", timestamp: 1795383859239446001n });
    expect("setInputs" in span).toBe(false);
  });

  it("writes it back equal", () => {
    const again = Span.fromJson(parseJson(stringifyJson(span.toJson())));
    expect(again.toJson()).toEqual(span.toJson());
    expect(again.attributes).toEqual(span.attributes);
    expect(span.toJson()).toMatchObject({
      trace_id: "rZo9DIws+6d2tejICXD4gw==",
      span_id: "DOD2qjZ6ZrU=",
      parent_span_id: "",
    });
    expect(span.links[0]).toEqual(
      new SpanLink({ traceId: "tr-00000000000000000000000000000001", spanId: "0000000000000002" }),
    );
  });

  it.each([
    [null],
    [{}],
    [[]],
    ["x"],
    [{ attributes: 5, events: {}, status: null, end_time_unix_nano: null, start_time_unix_nano: "7" }],
  ])("does not throw on %j", (json) => {
    const loose = Span.fromJson(json);
    expect(loose.endTime).toBeNull();
    expect(loose.toJson().status.code).toBe("STATUS_CODE_UNSET");
  });
});

describe("TraceInfo", () => {
  it("reads the server's form and writes it", () => {
    const json = {
      trace_id: "tr-1",
      trace_location: { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: "7" } },
      request_time: "2025-06-15T14:07:41.282Z",
      execution_duration: "0.500s",
      state: "ERROR",
      trace_metadata: {
        "mlflow.trace.tokenUsage":
          '{"input_tokens": 1, "output_tokens": 2, "total_tokens": 3, "cache_read_input_tokens": 0}',
      },
      tags: { a: "b" },
    };
    const info = TraceInfo.fromJson(json);
    expect(info).toMatchObject({ traceId: "tr-1", requestTime: 1749996461282, executionDuration: 500, state: "ERROR" });
    expect(info.tokenUsage).toEqual({ input_tokens: 1, output_tokens: 2, total_tokens: 3, cache_read_input_tokens: 0 });
    expect(info.toJson()).toMatchObject({ ...json, execution_duration: "0.5s" });
    expect(TraceInfo.fromJson({ execution_duration: "2s", request_time: "2025-06-15T14:07:41Z" })).toMatchObject({
      executionDuration: 2000,
      state: "STATE_UNSPECIFIED",
      traceMetadata: {},
    });
  });

  it("survives a trace without anything", () => {
    const trace = Trace.fromJson({});
    expect([trace.info.traceId, trace.data.spans, trace.info.tokenUsage]).toEqual(["", [], null]);
    expect(TraceInfo.fromJson({ trace_metadata: { "mlflow.trace.tokenUsage": "{" } }).tokenUsage).toBeNull();
  });
});

describe("codes and levels", () => {
  it.each([
    ["OK", "STATUS_CODE_OK"],
    ["error", "STATUS_CODE_ERROR"],
    ["STATUS_CODE_ERROR", "STATUS_CODE_ERROR"],
    ["x", "STATUS_CODE_UNSET"],
  ])("reads %s as %s", (value, code) => expect(toSpanStatusCode(value)).toBe(code));

  it("turns OpenTelemetry's status into ours and back", () => {
    const status = new SpanStatus("ERROR", "why");
    expect(SpanStatus.fromOtelStatus(status.toOtelStatus())).toEqual(status);
    expect(status.toJson()).toEqual({ status_code: "STATUS_CODE_ERROR", description: "why" });
  });

  it("knows levels by name and number", () => {
    expect([toSpanLogLevel(" info "), toSpanLogLevel(50), toSpanLogLevel("Error")]).toEqual([20, 50, 40]);
    for (const wrong of ["WARN", "", 15, Number.NaN])
      expect(() => toSpanLogLevel(wrong)).toThrow("Invalid SpanLogLevel");
  });
});
