import { DeferredExporter } from "./deferred-exporter.js";
import type { MlflowTraceExporterOptions } from "./mlflow-trace-exporter.js";
import type { TraceExporter } from "./trace-exporter.js";

/** The exporter for browsers: a third of the SDK, which a page loads beside its own start. */
export function createExporter(options: MlflowTraceExporterOptions): TraceExporter {
  const exporter = new DeferredExporter(async () => {
    const { MlflowTraceExporter } = await import("./mlflow-trace-exporter.js");
    return new MlflowTraceExporter(options);
  });
  exporter.preload();
  return exporter;
}
