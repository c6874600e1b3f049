import type { MockChunk } from "../../contract";
import { tokenPieces, wordPieces } from "../../model/pieces";
import { countTokens } from "../../model/tokens";
import { type Pace, tokensMs } from "../../provider/pace";
import { type Choice, type Completion, toUsage } from "./completion";

interface StreamOptions {
  readonly pace: Pace;
  readonly includeUsage: boolean;
}

/** What a chunk adds to a choice, and how many tokens that is. */
interface Step {
  readonly delta: object;
  readonly tokens: number;
  readonly finishReason?: string;
}

/** A completion as server-sent events, one chunk each; the choices take turns. */
export function completionChunks(completion: Completion, { pace, includeUsage }: StreamOptions): MockChunk[] {
  const { envelope, spoken, choices, counts } = completion;
  const event = (body: object, delayMs = 0): MockChunk => ({
    data: `data: ${JSON.stringify({ ...envelope, object: "chat.completion.chunk", ...body })}\n\n`,
    delayMs,
  });
  const usage = includeUsage ? { usage: null } : {};
  const firstMs = pace.firstTokenMs + tokensMs(pace, spoken.reasoningTokens);
  const deltas = takeTurns(choices.map((choice) => choiceSteps(completion, choice))).map(([index, step], place) => {
    const body = { index, delta: step.delta, logprobs: null, finish_reason: step.finishReason ?? null };
    return event({ choices: [body], ...usage }, place === 0 ? firstMs : tokensMs(pace, step.tokens));
  });
  const last = includeUsage ? [event({ choices: [], usage: toUsage(counts) })] : [];
  return [...deltas, ...last, { data: "data: [DONE]\n\n", delayMs: 0 }];
}

/** The first step of each list, then the second of each, and so on. */
function takeTurns(lists: readonly (readonly Step[])[]): (readonly [index: number, step: Step])[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) =>
    lists.flatMap((list, index) => {
      const step = list[place];
      return step ? [[index, step] as const] : [];
    }),
  ).flat();
}

function choiceSteps({ spoken }: Completion, { toolCalls, finishReason }: Choice): Step[] {
  const silent = spoken.text === "" && (toolCalls.length > 0 || spoken.refusal !== undefined);
  const opening = { role: "assistant", content: silent ? null : "", refusal: null };
  return [
    { delta: opening, tokens: 0 },
    ...wordPieces(spoken.text).map((content) => ({ delta: { content }, tokens: countTokens(content) })),
    ...wordPieces(spoken.refusal ?? "").map((refusal) => ({ delta: { refusal }, tokens: countTokens(refusal) })),
    ...toolCalls.flatMap(callSteps),
    { delta: {}, tokens: 0, finishReason },
  ];
}

/** A call is announced with its name, then its arguments come in pieces. */
function callSteps({ id, type, function: called }: Choice["toolCalls"][number], index: number): Step[] {
  const opening = { index, id, type, function: { name: called.name, arguments: "" } };
  const pieces = tokenPieces(called.arguments).map((piece) => ({
    delta: { tool_calls: [{ index, function: { arguments: piece } }] },
    tokens: countTokens(piece),
  }));
  return [{ delta: { tool_calls: [opening] }, tokens: countTokens(called.name) }, ...pieces];
}
