import type { MockReply } from "../contract";
import type { Conversation } from "../model/conversation";
import { wordPieces } from "../model/pieces";
import { countTokens } from "../model/tokens";
import { ERROR_MS, type Pace, tokensMs, wholeMs } from "../provider/pace";
import type { ScriptedError, Speech } from "../provider/speaker";
import { toConversation } from "../provider/turns";
import type { Call } from "./call";
import { type AnswerPart, type Draft, draftCandidate } from "./candidate";
import { ApiError, errorInfo, invalidArgument, retryInfo } from "./error";
import { toJsonSchema } from "./json-schema";
import { type Method, requireModel } from "./models";
import { parseBody } from "./parse";
import { checkGenerate } from "./rules";
import { isBlocked, safetyRatings } from "./safety";
import { type GenerateRequest, GenerateSchema } from "./schema";
import { toTurns } from "./turns";
import { countPrompt, type ModalityCount, toPromptUsage, totalTokens, toUsage } from "./usage";

/** A scripted error that breaks the call off. It keeps the latency that the script gives it. */
export class ScriptedFailure extends ApiError {
  readonly delayMs: number;

  constructor({ status, type, message, code, retryAfter, latencyMs = ERROR_MS }: ScriptedError) {
    const details = [
      ...(code === undefined ? [] : [errorInfo(code)]),
      ...(retryAfter === undefined ? [] : [retryInfo(retryAfter)]),
    ];
    super({ code: status, message, status: type, details, retryAfter });
    this.delayMs = latencyMs;
  }
}

/** Which model is asked, by which method, in which version of the API. */
export interface Target {
  readonly model: string;
  readonly method: Method;
  readonly version: string;
}

/** An answer with everything that its JSON and its stream need. */
interface Answer {
  readonly draft: Draft;
  readonly speech: Speech;
  readonly prompt: readonly ModalityCount[];
  readonly candidates: number;
  /** Closes each body: which model answered, and the id of the answer. */
  readonly signature: object;
}

/** POST models/{model}:generateContent and :streamGenerateContent. */
export function generateContent(call: Call, target: Target): MockReply {
  const model = requireModel(target.model, target.method, target.version);
  const request = parseBody(GenerateSchema, call.request);
  checkGenerate(request);
  const prompt = countPrompt(request);
  checkLength(totalTokens(prompt), model.inputTokenLimit);
  const said = speak(call, conversationOf(request, target.model), thinks(request) && model.thinking);
  const speech = request.generationConfig?.responseMimeType === "text/x.enum" ? withoutQuotes(said) : said;
  const signature = { modelVersion: target.model, responseId: call.id("response", 22) };
  if (speech.refusal !== undefined) return blocked(call, target, { speech, prompt, signature });
  const config = request.generationConfig ?? {};
  const draft = draftCandidate(call, speech, {
    stops: config.stopSequences ?? [],
    most: config.maxOutputTokens ?? model.outputTokenLimit,
    showThoughts: config.thinkingConfig?.includeThoughts === true,
  });
  const tokens = draft.candidateTokens + draft.thoughtTokens;
  const pace = call.pace({ model: target.model, tokens, latencyMs: speech.latencyMs });
  const answer = { draft, speech, prompt, signature, candidates: config.candidateCount ?? 1 };
  if (target.method === "streamGenerateContent") return call.stream(toChunks(answer, pace));
  return call.json(toBody(answer, draft.parts), wholeMs(pace, tokens));
}

function checkLength(tokens: number, limit: number): void {
  if (tokens <= limit) return;
  throw invalidArgument(`The input token count (${tokens}) exceeds the maximum number of tokens allowed (${limit}).`);
}

function speak(call: Call, conversation: Conversation, thinking: boolean): Speech {
  const said = call.state.speaker.speak(conversation, thinking);
  if ("error" in said) throw new ScriptedFailure(said.error);
  return said.speech;
}

/** An answer that picks from an enum is the bare word, where JSON has quotes around it. */
function withoutQuotes(speech: Speech): Speech {
  return { ...speech, text: speech.text.replace(/^"([^"\\]*)"$/, "$1") };
}

/** The mock thinks only when asked to, by thoughts, a budget or a level. */
function thinks({ generationConfig: config }: GenerateRequest): boolean {
  const { includeThoughts, thinkingBudget, thinkingLevel } = config?.thinkingConfig ?? {};
  if (thinkingBudget === 0) return false;
  return includeThoughts === true || thinkingBudget != null || thinkingLevel != null;
}

function conversationOf(request: GenerateRequest, model: string): Conversation {
  const { mode, allowedFunctionNames: allowed } = request.toolConfig?.functionCallingConfig ?? {};
  const offered = (request.tools ?? []).flatMap(({ functionDeclarations }) => functionDeclarations ?? []);
  const outputSchema = outputSchemaOf(request);
  return toConversation(toTurns(request), {
    model,
    tools: offered
      .filter(({ name }) => !allowed || allowed.length === 0 || allowed.includes(name))
      .map(({ name, description, parameters, parametersJsonSchema }) => ({
        name,
        description: description ?? "",
        schema: parametersJsonSchema ?? toJsonSchema(parameters ?? {}),
      })),
    toolChoice: mode === "ANY" ? "any" : mode === "NONE" ? "none" : "auto",
    parallelTools: true,
    ...(outputSchema === undefined ? {} : { outputSchema }),
  });
}

function outputSchemaOf({ generationConfig: config }: GenerateRequest): unknown {
  if (config?.responseMimeType == null || config.responseMimeType === "text/plain") return undefined;
  return config.responseJsonSchema ?? config._responseJsonSchema ?? toJsonSchema(config.responseSchema ?? {});
}

/** A prompt that was blocked has no candidates. */
function blocked(call: Call, { method }: Target, answer: Pick<Answer, "speech" | "prompt" | "signature">): MockReply {
  const { speech, prompt, signature } = answer;
  const body = {
    promptFeedback: { blockReason: speech.stopReason ?? "SAFETY", safetyRatings: safetyRatings(true) },
    usageMetadata: toPromptUsage(prompt, 0),
    ...signature,
  };
  return method === "streamGenerateContent" ? call.stream([{ body, delayMs: 0 }]) : call.json(body);
}

function toBody(answer: Answer, parts: readonly AnswerPart[]): object {
  const { draft, prompt, speech, signature, candidates } = answer;
  const counts = { prompt, candidates: draft.candidateTokens * candidates, thoughts: draft.thoughtTokens };
  const { finishReason } = draft;
  return {
    candidates: Array.from({ length: candidates }, (_, index) => candidate(parts, index, { finishReason })),
    usageMetadata: toUsage(counts, speech.usage),
    ...signature,
  };
}

function candidate(parts: readonly AnswerPart[], index: number, end: { finishReason?: string }): object {
  const { finishReason } = end;
  return {
    // An answer that was stopped before its first word has a content without parts.
    content: parts.length > 0 ? { parts, role: "model" } : { role: "model" },
    ...end,
    index,
    ...(finishReason !== undefined && isBlocked(finishReason) ? { safetyRatings: safetyRatings(true) } : {}),
  };
}

/** Words of text that come together at most. */
const MOST_WORDS = 8;

/** An answer bit by bit; the last bit says why it ends and what it cost. */
function toChunks(answer: Answer, pace: Pace): { body: object; delayMs: number }[] {
  const { draft, prompt, signature, candidates } = answer;
  const pieces = draft.parts.flatMap(piecesOf);
  const usageMetadata = toPromptUsage(prompt, draft.thoughtTokens);
  const under = (part: AnswerPart): object => ({
    candidates: Array.from({ length: candidates }, (_, index) => candidate([part], index, {})),
    usageMetadata,
    ...signature,
  });
  const bodies = [...pieces.slice(0, -1).map(under), toBody(answer, pieces.slice(-1))];
  const hidden = draft.parts.some((part) => "thought" in part) ? 0 : draft.thoughtTokens;
  return bodies.map((body, index) => ({
    body,
    delayMs: tokensMs(pace, partTokens(pieces[index])) + (index === 0 ? pace.firstTokenMs + tokensMs(pace, hidden) : 0),
  }));
}

/** Text comes in pieces, a call comes whole. */
function piecesOf(part: AnswerPart): AnswerPart[] {
  return "text" in part ? wordPieces(part.text, MOST_WORDS).map((text) => ({ ...part, text })) : [part];
}

function partTokens(part: AnswerPart | undefined): number {
  if (!part) return 0;
  return countTokens("text" in part ? part.text : JSON.stringify(part.functionCall));
}
