import type { Integration } from "../schema";

export const agentFrameworksJava = [
  {
    id: "koog",
    name: "Koog",
    category: "Agent Frameworks (Java)",
    languages: ["kotlin"],
    method: { type: "otlp" },
    npm: [],
    mlflowNpm: [],
    upstreamDocs: "integrations/listing/koog",
  },
  {
    id: "spring-ai",
    name: "Spring AI",
    category: "Agent Frameworks (Java)",
    languages: ["java"],
    method: { type: "otlp" },
    npm: [],
    mlflowNpm: [],
    upstreamDocs: "integrations/listing/spring-ai",
  },
  {
    id: "quarkus-langchain4j",
    name: "Quarkus LangChain4j",
    category: "Agent Frameworks (Java)",
    languages: ["java"],
    method: { type: "otlp" },
    npm: [],
    mlflowNpm: [],
    upstreamDocs: "integrations/listing/quarkus-langchain4j",
  },
] satisfies Integration[];
