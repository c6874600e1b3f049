import type { TraceInfo } from "../entities/trace-info.js";
import type { Attachment } from "../export/trace-exporter.js";
import { isProxied, traceArtifactUrl } from "./artifacts.js";
import { type Connection, isNotFound, requireText } from "./connection.js";
import { downloadBytes } from "./download.js";
import { requestText } from "./http.js";
import { fetchTraceInfo } from "./trace-requests.js";

/**
 * Stores a file beside the spans of a trace.
 *
 * @param info the server's copy, which says where
 * @throws Error when the trace has no artifact location, or one that the server's proxy does not reach
 */
export async function uploadAttachment(
  { base, headers }: Connection,
  info: TraceInfo,
  { id, contentType, data }: Attachment,
): Promise<void> {
  const url = traceArtifactUrl(base, info, `attachments/${checkId(id)}`);
  // Copied, as the bytes may be a part of a larger buffer or of one that is shared.
  await requestText({ method: "PUT", url, headers: { "Content-Type": contentType }, data: data.slice() }, headers);
}

/**
 * The bytes of an attachment.
 *
 * @throws MlflowHttpError with status 404 when there is none
 */
export async function downloadAttachment(
  connection: Connection,
  traceId: string,
  attachmentId: string,
): Promise<Uint8Array> {
  const { base, headers } = connection;
  const id = encodeURIComponent(requireText(traceId, "traceId"));
  const url = `${base}/ajax-api/3.0/mlflow/get-trace-artifact?request_id=${id}&path=${checkId(attachmentId)}`;
  try {
    return await downloadBytes(url, headers);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return fromProxy(connection, traceId, attachmentId, error);
  }
}

/** Servers without the route above may have the proxy. */
async function fromProxy(
  connection: Connection,
  traceId: string,
  attachmentId: string,
  problem: unknown,
): Promise<Uint8Array> {
  const info = await fetchTraceInfo(connection, traceId);
  if (!isProxied(info)) throw problem;
  const url = traceArtifactUrl(connection.base, info, `attachments/${attachmentId}`);
  return downloadBytes(url, connection.headers);
}

function checkId(id: string): string {
  if (/^[\w-]+$/.test(id)) return id;
  throw new Error(`Invalid attachment id '${id}': it must be a UUID, as in mlflow-attachment://<id>?…`);
}
