import { callSpeed } from "../model/latency";

/** Simulated milliseconds until the first token and for each one. */
export interface Pace {
  readonly firstTokenMs: number;
  readonly perTokenMs: number;
}

export const NO_DELAY: Pace = { firstTokenMs: 0, perTokenMs: 0 };
/** Milliseconds that a refusal, a count or a look-up takes. */
export const SHORT_MS = 25;
/** Milliseconds until an error of the script, unless that says otherwise. */
export const ERROR_MS = 60;
/** Share of a scripted latency that passes before the first token. */
const FIRST_TOKEN_SHARE = 0.4;

/** One answer of a model: how long it is, and how long the script says that it takes. */
export interface TimedAnswer {
  readonly model: string;
  /** Makes the jitter; usually the request. */
  readonly seed: string;
  readonly tokens: number;
  readonly latencyMs: number | undefined;
}

/** The pace of an answer: the scripted latency spread over its tokens, or the table of model families. */
export function paceOf({ model, seed, tokens, latencyMs }: TimedAnswer): Pace {
  if (latencyMs === undefined) return callSpeed(model, seed);
  const firstTokenMs = latencyMs * FIRST_TOKEN_SHARE;
  return { firstTokenMs, perTokenMs: (latencyMs - firstTokenMs) / Math.max(1, tokens) };
}

/** Milliseconds for some tokens, to a tenth. */
export function tokensMs({ perTokenMs }: Pace, tokens: number): number {
  return Math.round(tokens * perTokenMs * 10) / 10;
}

/** Milliseconds for an answer that is sent whole. */
export function wholeMs(pace: Pace, tokens: number): number {
  return Math.round(pace.firstTokenMs + pace.perTokenMs * tokens);
}
