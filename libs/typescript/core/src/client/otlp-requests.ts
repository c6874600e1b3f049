import { MLFLOW_EXPERIMENT_ID_HEADER } from "../constants.js";
import type { Connection } from "./connection.js";
import { requestText } from "./http.js";

/** Posts an `ExportTraceServiceRequest` in protobuf; nothing for no bytes. @throws MlflowHttpError, e.g. with status 501 */
export async function postOtlpBytes(
  { base, headers }: Connection,
  experimentId: string,
  data: Uint8Array,
): Promise<void> {
  if (data.length === 0) return;
  const special = { "Content-Type": "application/x-protobuf", [MLFLOW_EXPERIMENT_ID_HEADER]: experimentId };
  await requestText({ method: "POST", url: `${base}/v1/traces`, data: data.slice(), headers: special }, headers);
}
