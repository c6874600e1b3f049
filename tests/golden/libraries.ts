import { DIFFERENCES as anthropicDifferences } from "./anthropic/differences";
import { PROGRAMS as anthropicPrograms } from "./anthropic/programs";
import type { Difference } from "./differences";
import { DIFFERENCES as geminiDifferences } from "./gemini/differences";
import { normalizeGemini } from "./gemini/normalize";
import { PROGRAMS as geminiPrograms } from "./gemini/programs";
import { DIFFERENCES as langchainDifferences } from "./langchain/differences";
import { normalizeRequest as normalizeLangChain, normalizeShape } from "./langchain/normalize";
import { PROGRAMS as langchainPrograms } from "./langchain/programs";
import { DIFFERENCES as langgraphDifferences } from "./langgraph/differences";
import { PROGRAMS as langgraphPrograms } from "./langgraph/programs";
import { DIFFERENCES as openaiDifferences } from "./openai/differences";
import { PROGRAMS as openaiPrograms } from "./openai/programs";
import type { GoldenShape } from "./shape";

/** A library whose recorded traces are compared with those of its TypeScript counterpart. */
export interface GoldenLibrary {
  /** Folder of the cases. */
  readonly name: string;
  /** Hosts of the recorded provider. */
  readonly hosts: readonly string[];
  /** Counterparts by the name of their case. */
  readonly programs: Readonly<Record<string, () => Promise<void>>>;
  /** Every intended difference, in the order in which they are applied. */
  readonly differences: readonly Difference[];
  /** Levels the bodies of requests before they are compared; the clients of two languages need not send the same JSON. */
  readonly normalize?: (body: unknown) => unknown;
  /** Levels the ids within values of both shapes, where each run makes them anew. */
  readonly normalizeShape?: (shape: GoldenShape) => GoldenShape;
}

export const LIBRARIES: readonly GoldenLibrary[] = [
  {
    name: "anthropic",
    hosts: ["api.anthropic.com"],
    programs: anthropicPrograms,
    differences: anthropicDifferences,
  },
  {
    name: "gemini",
    hosts: ["generativelanguage.googleapis.com"],
    programs: geminiPrograms,
    differences: geminiDifferences,
    normalize: normalizeGemini,
  },
  {
    name: "langchain",
    hosts: ["api.openai.com"],
    programs: langchainPrograms,
    differences: langchainDifferences,
    normalize: normalizeLangChain,
    normalizeShape,
  },
  {
    name: "langgraph",
    hosts: ["api.openai.com"],
    programs: langgraphPrograms,
    differences: langgraphDifferences,
    normalize: normalizeLangChain,
    normalizeShape,
  },
  {
    name: "openai",
    hosts: ["api.openai.com"],
    programs: openaiPrograms,
    differences: openaiDifferences,
  },
];
