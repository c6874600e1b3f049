import { databricks } from "#databricks";
import { createAuthProvider } from "../auth/create-auth-provider.js";
import { isDatabricksUri } from "../auth/databricks-uri.js";
import type { Connection } from "../client/connection.js";
import type { Config } from "../config.js";
import { warn } from "../diagnostics.js";
import { moveToUnityCatalog, type UcTablePrefix } from "../entities/uc-trace-info.js";
import { openTraces } from "../telemetry/open-traces.js";
import type { TraceDestination } from "../telemetry/trace-recorder.js";
import { completeTrace } from "./complete-trace.js";
import { DeferredExporter } from "./deferred-exporter.js";
import { MlflowTraceExporter } from "./mlflow-trace-exporter.js";
import type { TraceExporter } from "./trace-exporter.js";

/**
 * Where the traces of a Node.js process go. The exporter is there from the start, as nothing can be loaded any more when a
 * process exits; what Databricks alone needs is loaded when it is needed.
 *
 * @throws Error for Databricks without a host, and for half a `traceLocation`
 */
export function createDestination(config: Config): TraceDestination {
  const { experimentId, trackingUri, traceLocation } = config;
  checkTraceLocation(trackingUri, traceLocation);
  const authProvider = createAuthProvider(config);
  const connection = { base: authProvider.getHost().replace(/\/+$/, ""), headers: authProvider.getHeadersProvider() };
  if (traceLocation) {
    const exporter = new DeferredExporter(() => createUnityCatalogExporter(connection));
    return { experimentId, exporter, place: (info) => moveToUnityCatalog(info, traceLocation) };
  }
  const uploadSpans = isDatabricksUri(trackingUri) ? databricks.uploadTraceData.bind(undefined, connection) : undefined;
  const options = { authProvider, experimentId, prepare: completeTrace, uploadSpans, openTraces };
  return { experimentId, exporter: new MlflowTraceExporter(options) };
}

async function createUnityCatalogExporter(connection: Connection): Promise<TraceExporter> {
  const { DatabricksUCTableSpanExporter } = await import("../databricks/uc-table-span-exporter.js");
  const { postTraceInfoV4 } = await import("../client/trace-requests-v4.js");
  return new DatabricksUCTableSpanExporter({
    createTraceInfoV4: (...args) => postTraceInfoV4(connection, ...args),
    exportOtlpSpansToUc: (...args) => databricks.exportOtlpSpans(connection, ...args),
  });
}

function checkTraceLocation(trackingUri: string, location: UcTablePrefix | undefined): void {
  if (location === undefined || location === null) return;
  for (const field of ["catalogName", "schemaName", "tablePrefix"] as const) {
    const value: unknown = location[field];
    if (typeof value !== "string" || value === "")
      throw new Error(`traceLocation.${field} must be a non-empty string.`);
  }
  if (!isDatabricksUri(trackingUri)) {
    warn(`traceLocation needs a Databricks tracking URI; the server at ${trackingUri} may refuse the traces`);
  }
}
