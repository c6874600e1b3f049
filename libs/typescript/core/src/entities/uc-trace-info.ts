import { TRACE_SCHEMA } from "../attribute-keys.js";
import { TRACE_SCHEMA_VERSION, TRACE_SCHEMA_VERSION_V4 } from "../constants.js";
import { constructTraceIdV4, toOtelTraceId } from "../ids.js";
import type { TraceInfo } from "./trace-info.js";
import { createTraceLocationFromUcTablePrefix } from "./uc-location.js";

/** Tables of Unity Catalog that traces are kept in: `<catalogName>.<schemaName>.<tablePrefix>…`. All three are needed. */
export interface UcTablePrefix {
  catalogName: string;
  schemaName: string;
  tablePrefix: string;
}

/** Makes the info of a new trace one of a trace in Unity Catalog: its id, its location and its schema version. */
export function moveToUnityCatalog(
  info: TraceInfo,
  { catalogName, schemaName, tablePrefix }: UcTablePrefix,
): TraceInfo {
  info.traceId = constructTraceIdV4(`${catalogName}.${schemaName}.${tablePrefix}`, toOtelTraceId(info.traceId));
  info.traceLocation = createTraceLocationFromUcTablePrefix(catalogName, schemaName, tablePrefix);
  const { traceMetadata } = info;
  if (traceMetadata[TRACE_SCHEMA] === TRACE_SCHEMA_VERSION) {
    traceMetadata[TRACE_SCHEMA] = TRACE_SCHEMA_VERSION_V4;
  }
  return info;
}
