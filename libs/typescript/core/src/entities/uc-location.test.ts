import { describe, expect, it } from "vitest";
import { traceLocationFromJson, traceLocationToJson } from "./trace-location.js";
import {
  createTraceLocationFromUcTablePrefix,
  getUcLocationString,
  getUcSpansTableName,
  ucLocationFromJson,
} from "./uc-location.js";

const location = createTraceLocationFromUcTablePrefix("main", "agents", "chat");
const elsewhere = { type: "MLFLOW_EXPERIMENT", mlflowExperiment: { experimentId: "1" } };

describe("locations in Unity Catalog", () => {
  it("are read as they were written", () => {
    const whole = {
      type: "UC_TABLE_PREFIX",
      ucTablePrefix: { ...location.ucTablePrefix, otelSpansTableName: "a.b.c", annotationsTableName: "d" },
    };
    const json = traceLocationToJson(whole);
    expect(json).toEqual({
      type: "UC_TABLE_PREFIX",
      uc_table_prefix: {
        catalog_name: "main",
        schema_name: "agents",
        table_prefix: "chat",
        otel_spans_table_name: "a.b.c",
        annotations_table_name: "d",
      },
    });
    expect(traceLocationFromJson(json)).toEqual(whole);
  });

  it("leave out what is unset", () => {
    const json = JSON.stringify(traceLocationToJson(location));
    expect(json).not.toContain("otel");
    expect(getUcSpansTableName(location)).toBe("main.agents.chat_otel_spans");
    expect(getUcLocationString(location)).toBe("main.agents.chat");
  });

  it("know their table without a prefix, but no name", () => {
    const named = {
      type: "UC_TABLE_PREFIX",
      ucTablePrefix: { catalogName: "a", schemaName: "b", otelSpansTableName: "t" },
    };
    expect(getUcSpansTableName(named)).toBe("t");
    expect(() => getUcLocationString(named)).toThrow("no table prefix");
    const nameless = { type: "UC_TABLE_PREFIX", ucTablePrefix: { catalogName: "a", schemaName: "b" } };
    expect(getUcSpansTableName(nameless)).toBeNull();
  });

  it("are told from others", () => {
    expect([getUcLocationString(elsewhere), getUcSpansTableName(elsewhere)]).toEqual([null, null]);
    expect(getUcLocationString({ type: "UC_TABLE_PREFIX" })).toBeNull();
  });

  it.each([
    [null],
    [{}],
    [{ type: "UC_TABLE_PREFIX" }],
    [{ type: "UC_TABLE_PREFIX", uc_table_prefix: { catalog_name: 5, schema_name: "s" } }],
    [{ type: "MLFLOW_EXPERIMENT", uc_table_prefix: { catalog_name: "c", schema_name: "s" } }],
  ])("are not read from %j", (json) => {
    expect(ucLocationFromJson(json)).toBeUndefined();
  });
});
