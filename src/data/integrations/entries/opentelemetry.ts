import type { Integration } from "../schema";

export const openTelemetry = [
  {
    id: "opentelemetry",
    name: "OpenTelemetry",
    category: "OpenTelemetry",
    languages: ["any"],
    method: { type: "otlp" },
    npm: ["@opentelemetry/sdk-trace-base", "@opentelemetry/exporter-trace-otlp-proto"],
    mlflowNpm: [],
    upstreamDocs: "app-instrumentation/opentelemetry",
  },
] satisfies Integration[];
