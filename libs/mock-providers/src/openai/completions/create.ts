import * as v from "valibot";
import type { MockChunk, MockReply } from "../../contract";
import { wordPieces } from "../../model/pieces";
import { countTokens } from "../../model/tokens";
import { type Pace, tokensMs, wholeMs } from "../../provider/pace";
import { toConversation } from "../../provider/turns";
import { type Call, CREATED } from "../call";
import { requireModel } from "../models/models";
import { parseBody } from "../parse";
import { Flag, ModelName, Positive, Share, Stop, stopList, Temperature, textOrList } from "../schema";
import { limitSpeech, speak } from "../spoken";
import { checkContext, overrideCounts } from "../usage";

/** Tokens of an answer when the request does not say. */
const DEFAULT_TOKENS = 16;

const CompletionsSchema = v.looseObject({
  model: ModelName,
  prompt: v.nullish(textOrList(v.string())),
  max_tokens: v.nullish(Positive),
  n: v.nullish(v.pipe(Positive, v.maxValue(128))),
  echo: Flag,
  stop: Stop,
  stream: Flag,
  stream_options: v.nullish(v.looseObject({ include_usage: Flag })),
  temperature: Temperature,
  top_p: Share,
});
type CompletionsRequest = v.InferOutput<typeof CompletionsSchema>;

interface Choice {
  readonly text: string;
  readonly tokens: number;
  readonly finishReason: string;
  readonly usage: Parameters<typeof overrideCounts>[1];
  readonly latencyMs: number | undefined;
}

/** POST /v1/completions, the legacy endpoint: a prompt, no messages. */
export function createCompletion(call: Call, json: unknown): MockReply {
  const request = parseBody(CompletionsSchema, json);
  const model = requireModel(request.model, "completions");
  const prompts = [request.prompt ?? ""].flat();
  const input = prompts.reduce((sum, prompt) => sum + countTokens(prompt), 0);
  checkContext(input, model.context, "prompt");
  const choices = prompts.flatMap((prompt) => {
    const choice = completePrompt(call, request, prompt);
    return Array.from({ length: request.n ?? 1 }, () => choice);
  });
  const output = choices.reduce((sum, { tokens }) => sum + tokens, 0);
  const counts = overrideCounts({ input, cached: 0, output, reasoning: 0 }, choices[0]?.usage);
  const usage = {
    prompt_tokens: counts.input,
    completion_tokens: counts.output,
    total_tokens: counts.input + counts.output,
  };
  const envelope = {
    id: call.textId("cmpl-", "completion", 29),
    object: "text_completion",
    created: CREATED,
    model: request.model,
  };
  const pace = call.pace({ model: request.model, tokens: output, latencyMs: choices[0]?.latencyMs });
  if (request.stream === true) return call.stream(toChunks(request, choices, { envelope, usage, pace }));
  const body = {
    ...envelope,
    choices: choices.map((choice, index) => toChoice(index, choice.text, choice.finishReason)),
    usage,
  };
  return call.json(body, wholeMs(pace, output));
}

function completePrompt(call: Call, request: CompletionsRequest, prompt: string): Choice {
  const conversation = toConversation([{ role: "user", text: prompt }], {
    model: request.model,
    tools: [],
    toolChoice: "none",
    parallelTools: false,
  });
  const speech = speak(call, conversation, false);
  const limits = { stops: stopList(request.stop), most: request.max_tokens ?? DEFAULT_TOKENS };
  const { text, end, outputTokens } = limitSpeech({ ...speech, toolCalls: [] }, limits);
  return {
    text: request.echo === true ? prompt + text : text,
    tokens: outputTokens,
    finishReason: speech.stopReason ?? end,
    usage: speech.usage,
    latencyMs: speech.latencyMs,
  };
}

function toChoice(index: number, text: string, finish_reason: string | null): object {
  return { text, index, logprobs: null, finish_reason };
}

interface StreamParts {
  readonly envelope: object;
  readonly usage: object;
  readonly pace: Pace;
}

function toChunks(
  request: CompletionsRequest,
  choices: readonly Choice[],
  { envelope, usage, pace }: StreamParts,
): MockChunk[] {
  const withUsage = request.stream_options?.include_usage === true;
  const event = (body: object, delayMs: number): MockChunk => ({
    data: `data: ${JSON.stringify({ ...envelope, ...body })}\n\n`,
    delayMs,
  });
  const more = withUsage ? { usage: null } : {};
  const chunks = choices.flatMap(({ text, finishReason }, index) => [
    ...wordPieces(text).map((piece) =>
      event({ choices: [toChoice(index, piece, null)], ...more }, tokensMs(pace, countTokens(piece))),
    ),
    event({ choices: [toChoice(index, "", finishReason)], ...more }, 0),
  ]);
  const [first, ...rest] = chunks;
  const delayed = first ? [{ ...first, delayMs: first.delayMs + pace.firstTokenMs }, ...rest] : [];
  return [
    ...delayed,
    ...(withUsage ? [event({ choices: [], usage }, 0)] : []),
    { data: "data: [DONE]\n\n", delayMs: 0 },
  ];
}
