import { isDatabricksUri } from "../auth/databricks-uri.js";
import type { Config } from "../config.js";
import { refuseDatabricks } from "../databricks/refuse-databricks.js";
import type { TraceDestination } from "../telemetry/trace-recorder.js";
import { DeferredExporter } from "./deferred-exporter.js";

/**
 * Where the traces of a page or worker go: to a tracking server. The exporter, a third of the SDK, is loaded beside the
 * page's own start.
 *
 * @throws Error for Databricks
 */
export function createDestination(config: Config): TraceDestination {
  if (config.traceLocation || isDatabricksUri(config.trackingUri)) refuseDatabricks();
  const exporter = new DeferredExporter(async () => (await import("./browser-exporter.js")).createExporter(config));
  exporter.preload();
  return { experimentId: config.experimentId, exporter };
}
