import { MlflowTraceExporter, type MlflowTraceExporterOptions } from "./mlflow-trace-exporter.js";
import type { TraceExporter } from "./trace-exporter.js";

/** The exporter for Node.js, where nothing can be loaded any more when a process exits. */
export function createExporter(options: MlflowTraceExporterOptions): TraceExporter {
  return new MlflowTraceExporter(options);
}
