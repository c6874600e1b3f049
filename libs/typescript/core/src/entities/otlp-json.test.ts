import { describe, expect, it } from "vitest";
import { parseJson } from "../json/bigint-json.js";
import { traceDataFromOtlpJson } from "./otlp-json.js";

/** The shape of an answer of `traces/get` of MLflow 3.17. */
const SPANS = `[{"trace_id":"zzVaA3KvdXm0xIe4RgmzTg==","span_id":"gGVJadBBxdM=","name":"root",
  "start_time_unix_nano":1749996461282000001,"end_time_unix_nano":1749996461782000007,
  "attributes":[
    {"key":"mlflow.traceRequestId","value":{"string_value":"tr-cf355a0372af7579b4c487b84609b34e"}},
    {"key":"mlflow.spanInputs","value":{"kvlist_value":{"values":[
      {"key":"q","value":{"string_value":"12"}},{"key":"n","value":{"int_value":9223372036854775807}}]}}},
    {"key":"num","value":{"double_value":1.5}},{"key":"inf","value":{"double_value":"Infinity"}},
    {"key":"flag","value":{"bool_value":false}},{"key":"empty","value":{"kvlist_value":{}}},{"key":"nul"},
    {"key":"list","value":{"array_value":{"values":[{"int_value":"1"},{"string_value":""}]}}}],
  "events":[{"name":"e","time_unix_nano":1749996461282000003,"attributes":[{"key":"a","value":{"int_value":1}}]}],
  "links":[{"trace_id":"zzVaA3KvdXm0xIe4RgmzTg==","span_id":"gGVJadBBxdM="}],
  "status":{"code":"STATUS_CODE_OK"}},
  {"trace_id":"zzVaA3KvdXm0xIe4RgmzTg==","span_id":"rKs7ODmVceg=","parent_span_id":"gGVJadBBxdM=","name":"open"}]`;

describe("spans from the server's store", () => {
  const [root, open] = traceDataFromOtlpJson(parseJson(SPANS)).spans;

  it("are read with their types", () => {
    expect(root).toMatchObject({ name: "root", traceId: "tr-cf355a0372af7579b4c487b84609b34e", parentId: null });
    expect(root?.inputs).toEqual({ q: "12", n: 9223372036854775807n });
    expect(root?.attributes).toMatchObject({
      num: 1.5,
      inf: "Infinity",
      flag: false,
      empty: {},
      nul: null,
      list: [1, ""],
    });
    expect(root?.toJson().end_time_unix_nano).toBe(1749996461782000007n);
    expect(root?.events[0]).toMatchObject({ name: "e", attributes: { a: 1 } });
    expect(root?.links[0]).toMatchObject({
      traceId: "tr-cf355a0372af7579b4c487b84609b34e",
      spanId: "80654969d041c5d3",
    });
  });

  it("may leave out nearly everything", () => {
    expect(open).toMatchObject({ name: "open", parentId: root?.spanId, endTime: null, spanType: "UNKNOWN" });
    expect(traceDataFromOtlpJson(undefined).spans).toEqual([]);
  });

  it("keep doubles as numbers and integers exact, however large", () => {
    const attributes = `[
      {"key":"double","value":{"double_value":1e+20}},{"key":"whole","value":{"double_value":2.0}},
      {"key":"long","value":{"int_value":100000000000000000}},{"key":"negative","value":{"int_value":"-9223372036854775808"}},
      {"key":"nan","value":{"double_value":"NaN"}},{"key":"bytes","value":{"bytes_value":"AQID"}},
      {"key":"digits","value":{"string_value":"12"}},{"key":"object","value":{"string_value":"{\\"a\\": "}},
      {"key":"__proto__","value":{"kvlist_value":{"values":[{"key":"x","value":{"double_value":-1e+17}}]}}}]`;
    const [span] = traceDataFromOtlpJson(parseJson(`[{"attributes":${attributes}}]`)).spans;
    expect(Object.entries(span?.attributes ?? {})).toEqual([
      ["double", 1e20],
      ["whole", 2],
      ["long", 100000000000000000n],
      ["negative", -9223372036854775808n],
      ["nan", "NaN"],
      ["bytes", "AQID"],
      ["digits", "12"],
      ["object", '{"a": '],
      ["__proto__", { x: -1e17 }],
    ]);
  });

  it("keep integers of events as numbers where they fit", () => {
    const json = `[{"events":[{"name":"e","time_unix_nano":"1749996461282000003","attributes":[
      {"key":"small","value":{"int_value":3}},{"key":"long","value":{"int_value":9223372036854775807}}]}]}]`;
    const [event] = traceDataFromOtlpJson(parseJson(json)).spans[0]?.events ?? [];
    expect(event).toMatchObject({
      timestamp: 1749996461282000003n,
      attributes: { small: 3, long: 9223372036854775807n },
    });
  });
});
