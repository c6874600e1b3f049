import { jsonReply, textReply } from "./reply";
import type { Routes } from "./router";

/** The MLflow version whose answers are reproduced. */
const VERSION = "3.17.2";
const HTML = { "content-type": "text/html; charset=utf-8" };

const SERVER_INFO = {
  store_type: "SqlStore",
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
  presigned_upload_run_id_supported: true,
  presigned_upload_model_id_supported: true,
  features_enabled: { gateway: true },
};

/** What is not about experiments, traces or artifacts. */
export const SERVER_ROUTES: Routes = {
  "GET /health": () => textReply("OK", 200, { "content-type": "text/plain; charset=utf-8" }),
  "GET /version": () => textReply(VERSION, 200, HTML),
  "GET /api/3.0/mlflow/server-info": () => jsonReply(SERVER_INFO),
  "GET /api/3.0/mlflow/workspaces": () => textReply("Workspaces are not enabled on this server.", 503, HTML),
};
