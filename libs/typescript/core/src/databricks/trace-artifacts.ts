import { type Connection, request, requireText } from "../client/connection.js";
import { warn } from "../diagnostics.js";
import { TraceData } from "../entities/trace-data.js";
import { traceDataFromJson } from "../entities/trace-from-json.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { parseJson, stringifyJson } from "../json/bigint-json.js";
import { downloadFromSignedUrl, readSignedUrl, type SignedUrl, uploadToSignedUrl } from "./signed-url.js";

/**
 * Stores the spans of a trace where the workspace keeps artifacts: at a cloud provider, by a signed URL.
 *
 * @throws MlflowHttpError when the workspace refuses, Error when the provider does
 */
export async function uploadDatabricksTraceData(
  connection: Connection,
  { traceId }: Pick<TraceInfo, "traceId">,
  data: TraceData,
): Promise<void> {
  const target = await fetchSignedUrl(connection, traceId, "upload");
  await uploadToSignedUrl(target, new TextEncoder().encode(stringifyJson(data.toJson())));
}

/** The spans of a trace; none, and a warning, when they cannot be had. Never rejects. */
export async function downloadDatabricksTraceData(connection: Connection, traceId: string): Promise<TraceData> {
  try {
    const source = await fetchSignedUrl(connection, traceId, "download");
    return traceDataFromJson(parseJson(await downloadFromSignedUrl(source)));
  } catch (error) {
    warn(`The spans of ${traceId} could not be downloaded`, error);
    return new TraceData();
  }
}

async function fetchSignedUrl(
  connection: Connection,
  traceId: string,
  purpose: "upload" | "download",
): Promise<SignedUrl> {
  const id = encodeURIComponent(requireText(traceId, "traceId"));
  return readSignedUrl(
    await request(connection, "GET", `/api/2.0/mlflow/traces/${id}/credentials-for-data-${purpose}`),
  );
}
