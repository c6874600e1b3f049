import type { LanguageModelV3, LanguageModelV3CallOptions, LanguageModelV3GenerateResult } from "@ai-sdk/provider";
import { MockLanguageModelV3, simulateReadableStream } from "ai/test";

type Content = LanguageModelV3GenerateResult["content"][number];
type Generate = (options: LanguageModelV3CallOptions) => Promise<LanguageModelV3GenerateResult>;

/** Ten tokens in, four of them from the cache, and five out. */
export const USAGE = {
  inputTokens: { total: 10, noCache: 6, cacheRead: 4, cacheWrite: undefined },
  outputTokens: { total: 5, text: 5, reasoning: undefined },
};
export const COUNTED = { input_tokens: 10, output_tokens: 5, total_tokens: 15, cache_read_input_tokens: 4 };

function answer(content: Content): LanguageModelV3GenerateResult {
  const unified = content.type === "tool-call" ? ("tool-calls" as const) : ("stop" as const);
  return { content: [content], finishReason: { unified, raw: unified }, usage: USAGE, warnings: [] };
}

/** A model that gives `contents` one after the other; an error is thrown. */
export function scriptedModel(...contents: (Content | Error)[]): LanguageModelV3 {
  const script = [...contents];
  const doGenerate: Generate = async () => {
    const next = script.shift() ?? new Error("the script has no more answers");
    if (next instanceof Error) throw next;
    return answer(next);
  };
  return new MockLanguageModelV3({ provider: "mock.chat", modelId: "mock-1", doGenerate });
}

/** A model that streams `pieces`, and then its usage or an error. */
export function streamingModel(pieces: readonly string[], error?: Error): LanguageModelV3 {
  const text = pieces.map((delta) => ({ type: "text-delta" as const, id: "0", delta }));
  const finish = {
    type: "finish" as const,
    finishReason: { unified: "stop" as const, raw: "stop" },
    usage: USAGE,
  };
  return new MockLanguageModelV3({
    provider: "mock.chat",
    modelId: "mock-1",
    doStream: async () => ({
      stream: simulateReadableStream({
        chunks: [
          { type: "stream-start" as const, warnings: [] },
          { type: "text-start" as const, id: "0" },
          ...text,
          { type: "text-end" as const, id: "0" },
          error ? { type: "error" as const, error } : finish,
        ],
      }),
    }),
  });
}
