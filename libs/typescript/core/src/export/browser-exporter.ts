import { createSelfHostedAuth } from "../auth/self-hosted-auth.js";
import type { Config } from "../config.js";
import { MlflowTraceExporter } from "./mlflow-trace-exporter.js";
import type { TraceExporter } from "./trace-exporter.js";

/** The exporter for browsers. Costs are left to the server, which computes them of spans that come by OTLP. */
export function createExporter(config: Config): TraceExporter {
  return new MlflowTraceExporter({ authProvider: createSelfHostedAuth(config), experimentId: config.experimentId });
}
