import type { Integration } from "../schema";

export const noCode = [
  {
    id: "langflow",
    name: "Langflow",
    category: "No-Code",
    languages: ["python"],
    method: { type: "otlp" },
    npm: [],
    mlflowNpm: [],
    upstreamDocs: "integrations/listing/langflow",
  },
  {
    id: "goose",
    name: "Goose",
    category: "No-Code",
    languages: ["cli"],
    method: { type: "otlp" },
    npm: [],
    mlflowNpm: [],
    upstreamDocs: "integrations/listing/goose",
  },
  {
    id: "open-webui",
    name: "Open WebUI",
    category: "No-Code",
    languages: ["python"],
    method: { type: "filter-pipeline" },
    npm: [],
    mlflowNpm: [],
    upstreamDocs: "integrations/listing/open-webui",
  },
  {
    id: "n8n",
    name: "n8n",
    category: "No-Code",
    languages: ["no-code"],
    method: { type: "community-node" },
    npm: ["n8n-nodes-mlflow"],
    mlflowNpm: ["n8n-nodes-mlflow"],
    upstreamDocs: "integrations/listing/n8n",
  },
] satisfies Integration[];
