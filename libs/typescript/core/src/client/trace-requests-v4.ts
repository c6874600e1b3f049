import { TraceInfo } from "../entities/trace-info.js";
import { type Connection, request, requireText } from "./connection.js";

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
  return TraceInfo.fromJson(
    await request(connection, "POST", `/api/4.0/mlflow/traces/${where}/${id}/info`, info.toJson()),
  );
}
