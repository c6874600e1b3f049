import { TRACE_ID_V4_PREFIX } from "../constants.js";
import { constructTraceIdV4, parseTraceIdV4 } from "../ids.js";
import { asRecord, asText } from "../json/read.js";

/**
 * An assessment's trace as the REST API names it: id and, for a trace in Unity Catalog, location apart.
 *
 * @throws Error for a location that has neither two nor three parts
 */
export function assessedTraceToJson(traceId: string | undefined): Record<string, unknown> {
  if (!traceId?.startsWith(TRACE_ID_V4_PREFIX)) return traceId === undefined ? {} : { trace_id: traceId };
  const [location, trace_id] = parseTraceIdV4(traceId);
  const [catalog_name, schema_name, table_prefix, ...more] = location?.split(".") ?? [];
  if (!catalog_name || !schema_name || table_prefix === "" || more.length > 0) {
    throw new Error(
      `Invalid trace id: '${traceId}'. Its location must be <catalog>.<schema> or <catalog>.<schema>.<prefix>.`,
    );
  }
  const trace_location =
    table_prefix === undefined
      ? { type: "UC_SCHEMA", uc_schema: { catalog_name, schema_name } }
      : { type: "UC_TABLE_PREFIX", uc_table_prefix: { catalog_name, schema_name, table_prefix } };
  return { trace_id, trace_location };
}

/** The id of the trace that an assessment in JSON belongs to; put together again where there is a location. */
export function assessedTraceFromJson(json: Record<string, unknown>): string | undefined {
  const id = asText(json.trace_id) || undefined;
  const location = asRecord(json.trace_location);
  const { catalog_name, schema_name, table_prefix } = asRecord(location.uc_table_prefix ?? location.uc_schema);
  const parts = [catalog_name, schema_name, table_prefix].map(asText).filter(Boolean);
  return id === undefined || parts.length < 2 ? id : constructTraceIdV4(parts.join("."), id);
}
