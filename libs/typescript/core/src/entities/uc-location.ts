import { asRecord, asText } from "../json/read.js";
import type { TraceLocation } from "./trace-location.js";

/** Tables of Unity Catalog that keep traces. Their names begin with `<catalog>.<schema>.<prefix>`. */
export interface UnityCatalogLocation {
  catalogName: string;
  schemaName: string;
  tablePrefix?: string;
  /** Full names, where they are not the prefix and a usual ending. */
  otelSpansTableName?: string;
  otelLogsTableName?: string;
  annotationsTableName?: string;
}

/** A trace location in Unity Catalog. */
export interface UcTraceLocation extends TraceLocation {
  ucTablePrefix: UnityCatalogLocation;
}

/** Value of a location's `type` for tables of Unity Catalog. */
export const UC_TABLE_PREFIX = "UC_TABLE_PREFIX";

const FIELDS = [
  "catalogName",
  "schemaName",
  "tablePrefix",
  "otelSpansTableName",
  "otelLogsTableName",
  "annotationsTableName",
] as const;

/** The REST API's name of a field, e.g. `catalog_name`. */
function apiName(field: (typeof FIELDS)[number]): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * The location of traces in tables of Unity Catalog whose names begin with a prefix.
 *
 * @example createTraceLocationFromUcTablePrefix("main", "agents", "chat")
 */
export function createTraceLocationFromUcTablePrefix(
  catalogName: string,
  schemaName: string,
  tablePrefix: string,
): UcTraceLocation {
  return { type: UC_TABLE_PREFIX, ucTablePrefix: { catalogName, schemaName, tablePrefix } };
}

/** Whether a location is in Unity Catalog. */
export function isUcLocation(location: TraceLocation): location is UcTraceLocation {
  return location.type === UC_TABLE_PREFIX && "ucTablePrefix" in location && location.ucTablePrefix !== undefined;
}

/**
 * `catalog.schema.prefix` of a location in Unity Catalog; `null` for any other.
 *
 * @throws Error when the location has no table prefix
 * @example getUcLocationString(createTraceLocationFromUcTablePrefix("main", "agents", "chat")) // "main.agents.chat"
 */
export function getUcLocationString(location: TraceLocation): string | null {
  if (!isUcLocation(location)) return null;
  const { catalogName, schemaName, tablePrefix } = location.ucTablePrefix;
  if (!tablePrefix) throw new Error(`The location ${catalogName}.${schemaName} in Unity Catalog has no table prefix.`);
  return `${catalogName}.${schemaName}.${tablePrefix}`;
}

/** Full name of the table that keeps the spans; `null` when it is not known. */
export function getUcSpansTableName(location: TraceLocation): string | null {
  if (!isUcLocation(location)) return null;
  const { catalogName, schemaName, tablePrefix, otelSpansTableName } = location.ucTablePrefix;
  if (otelSpansTableName) return otelSpansTableName;
  return tablePrefix ? `${catalogName}.${schemaName}.${tablePrefix}_otel_spans` : null;
}

/** The REST API's form; what is unset is left out. */
export function ucLocationToJson({ type, ucTablePrefix }: UcTraceLocation): Record<string, unknown> {
  const fields = FIELDS.map((field) => [apiName(field), ucTablePrefix[field]]);
  return { type, uc_table_prefix: Object.fromEntries(fields.filter(([, value]) => value !== undefined)) };
}

/** Reads the REST API's form; `undefined` when it is no location in Unity Catalog. */
export function ucLocationFromJson(json: unknown): UcTraceLocation | undefined {
  const { type, uc_table_prefix } = asRecord(json);
  const record = asRecord(uc_table_prefix);
  const catalogName = asText(record.catalog_name);
  const schemaName = asText(record.schema_name);
  if (type !== UC_TABLE_PREFIX || catalogName === undefined || schemaName === undefined) return undefined;
  const location: UnityCatalogLocation = { catalogName, schemaName };
  for (const field of FIELDS) {
    const value = asText(record[apiName(field)]);
    if (value !== undefined) location[field] = value;
  }
  return { type, ucTablePrefix: location };
}
