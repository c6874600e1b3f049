import { MlflowTraceExporter, type MlflowTraceExporterOptions } from "../export/mlflow-trace-exporter.js";

/** Tries again at once, so that tests do not wait. */
export const QUICK_RETRY = { attempts: 3, baseMs: 1, maxPauseMs: 2 };

/** An exporter to the server at `uri`, with headers as an auth provider gives them. For tests. */
export function exporterTo(uri: string, options: Partial<MlflowTraceExporterOptions> = {}): MlflowTraceExporter {
  const authProvider = {
    getHost: () => uri,
    getHeadersProvider: () => async () => ({ "Content-Type": "application/json", Authorization: "Bearer secret" }),
    getDatabricksToken: () => undefined,
  };
  return new MlflowTraceExporter({ authProvider, experimentId: "1", retry: QUICK_RETRY, ...options });
}
