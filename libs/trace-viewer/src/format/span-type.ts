/** How MLflow's span types are named and which hue they get. */

const HUES: Readonly<Record<string, string>> = {
  AGENT: "agent",
  LLM: "llm",
  CHAT_MODEL: "llm",
  TOOL: "tool",
  RETRIEVER: "retriever",
  EMBEDDING: "embedding",
  RERANKER: "reranker",
  PARSER: "parser",
  MEMORY: "memory",
  GUARDRAIL: "guardrail",
  EVALUATOR: "evaluator",
};

/** The hue's name, a suffix of a CSS class; CHAIN, WORKFLOW, TASK, UNKNOWN and types nobody knows share one. */
export function hueOf(type: string): string {
  return Object.hasOwn(HUES, type) ? (HUES[type] ?? "chain") : "chain";
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  CHAT_MODEL: "CHAT",
  RETRIEVER: "RETR",
  EMBEDDING: "EMBED",
  RERANKER: "RERANK",
  GUARDRAIL: "GUARD",
  EVALUATOR: "EVAL",
  WORKFLOW: "FLOW",
  UNKNOWN: "SPAN",
};

/** A name of at most six letters, for narrow places. */
export function shortTypeOf(type: string): string {
  return (Object.hasOwn(SHORT_NAMES, type) ? SHORT_NAMES[type] : undefined) ?? type.slice(0, 6);
}

const NOUNS: Readonly<Record<string, string>> = {
  AGENT: "agents",
  LLM: "LLM calls",
  CHAT_MODEL: "model calls",
  TOOL: "tools",
  RETRIEVER: "retrievals",
  EMBEDDING: "embeddings",
  CHAIN: "chains",
};

/** What several spans of one type are called in a sentence. */
export function nounFor(type: string | null): string {
  return (type !== null && Object.hasOwn(NOUNS, type) ? NOUNS[type] : undefined) ?? "spans";
}
