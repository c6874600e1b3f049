import type { Integration } from "../schema";

export const tools = [
  {
    id: "instructor",
    name: "Instructor",
    category: "Tools",
    languages: ["python"],
    method: { type: "autolog" },
    npm: ["@instructor-ai/instructor"],
    mlflowNpm: [],
    upstreamDocs: "integrations/listing/instructor",
  },
  {
    id: "langfuse",
    name: "Langfuse",
    category: "Tools",
    languages: ["python"],
    method: { type: "autolog", fn: "mlflow.otel.autolog" },
    npm: ["langfuse"],
    mlflowNpm: [],
    upstreamDocs: "integrations/listing/langfuse",
  },
  {
    id: "arize-phoenix",
    name: "Arize / Phoenix",
    category: "Tools",
    languages: ["python"],
    method: { type: "autolog", fn: "mlflow.otel.autolog" },
    npm: ["@arizeai/openinference-instrumentation-openai"],
    mlflowNpm: [],
    upstreamDocs: "integrations/listing/arize",
  },
] satisfies Integration[];
