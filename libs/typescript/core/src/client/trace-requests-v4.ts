import type { TraceInfo } from "../entities/trace-info.js";
import { type Connection, request, requireText } from "./connection.js";
import { parseTraceInfo } from "./parse-trace-info.js";

/**
 * Starts a trace in Unity Catalog (Databricks). Request and answer are the info without a wrapper.
 *
 * @param location `catalog.schema.prefix`
 * @param otelTraceId 32 hex digits
 */
export async function postTraceInfoV4(
  connection: Connection,
  location: string,
  otelTraceId: string,
  info: TraceInfo,
): Promise<TraceInfo> {
  const [where, id] = [requireText(location, "location"), requireText(otelTraceId, "otelTraceId")].map(
    encodeURIComponent,
  );
  return parseTraceInfo(await request(connection, "POST", `/api/4.0/mlflow/traces/${where}/${id}/info`, info.toJson()));
}
