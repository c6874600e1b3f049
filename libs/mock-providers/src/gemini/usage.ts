import { countTokens } from "../model/tokens";
import type { ScriptReply } from "../script/schema";
import type { Content, GenerateRequest, Part } from "./schema";

/** Tokens of a picture, or of any other data. */
const PER_DATA = 258;

type Modality = "TEXT" | "IMAGE" | "AUDIO" | "VIDEO" | "DOCUMENT";

export interface ModalityCount {
  readonly modality: Modality;
  readonly tokenCount: number;
}

/** The tokens of a prompt by kind; text first, kinds without any left out. */
export function countPrompt(
  request: Pick<GenerateRequest, "contents" | "systemInstruction" | "tools">,
): ModalityCount[] {
  const { contents, systemInstruction, tools } = request;
  const parts = [...contents, ...(systemInstruction ? [systemInstruction] : [])].flatMap(partsOf);
  const counts = new Map<Modality, number>([
    ["TEXT", contents.length + (tools ? countTokens(JSON.stringify(tools)) : 0)],
  ]);
  for (const [modality, tokens] of parts) counts.set(modality, (counts.get(modality) ?? 0) + tokens);
  return [...counts].map(([modality, tokenCount]) => ({ modality, tokenCount }));
}

function partsOf({ parts }: Content): (readonly [Modality, number])[] {
  return parts.map((part) => {
    const data = part.inlineData ?? part.fileData;
    return data ? ([modalityOf(data.mimeType ?? ""), PER_DATA] as const) : (["TEXT", countTextPart(part)] as const);
  });
}

function modalityOf(mimeType: string): Modality {
  const [kind] = mimeType.split("/");
  if (kind === "image" || kind === "audio" || kind === "video") return kind.toUpperCase() as Modality;
  return "DOCUMENT";
}

function countTextPart(part: Part): number {
  if (part.text !== undefined) return countTokens(part.text);
  return countTokens(JSON.stringify(part.functionCall ?? part.functionResponse ?? {}));
}

export function totalTokens(counts: readonly ModalityCount[]): number {
  return counts.reduce((sum, { tokenCount }) => sum + tokenCount, 0);
}

interface Counts {
  readonly prompt: readonly ModalityCount[];
  readonly candidates: number;
  readonly thoughts: number;
}

/** The usage of an answer, with what a script overrides. */
export function toUsage({ prompt, candidates, thoughts }: Counts, overrides: ScriptReply["usage"] = {}): object {
  const promptTokenCount = overrides.input_tokens ?? totalTokens(prompt);
  const candidatesTokenCount = overrides.output_tokens ?? candidates;
  const thoughtsTokenCount = overrides.reasoning_tokens ?? thoughts;
  const cached = overrides.cache_read_input_tokens;
  return {
    promptTokenCount,
    candidatesTokenCount,
    totalTokenCount: promptTokenCount + candidatesTokenCount + thoughtsTokenCount,
    ...(cached === undefined ? {} : { cachedContentTokenCount: cached }),
    promptTokensDetails: prompt,
    ...(thoughtsTokenCount > 0 ? { thoughtsTokenCount } : {}),
  };
}

/** The usage while an answer is still under way, and of a prompt that was blocked. */
export function toPromptUsage(prompt: readonly ModalityCount[], thoughts: number): object {
  const promptTokenCount = totalTokens(prompt);
  return {
    promptTokenCount,
    totalTokenCount: promptTokenCount + thoughts,
    ...(thoughts > 0 ? { thoughtsTokenCount: thoughts } : {}),
  };
}
