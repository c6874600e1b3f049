import { tokenize } from "./tokens";

/** A text as far as it may go, and what ended it. */
export interface LimitedText {
  readonly text: string;
  readonly tokens: number;
  readonly end: "whole" | "stop" | "length";
}

/** Cuts before the stop sequence that comes first, then after `most` tokens. */
export function limitText(text: string, stops: readonly string[], most: number): LimitedText {
  const found = stops.map((stop) => (stop === "" ? -1 : text.indexOf(stop))).filter((index) => index >= 0);
  const stopped = found.length > 0 ? text.slice(0, Math.min(...found)) : text;
  const tokens = tokenize(stopped);
  const room = Math.max(0, most);
  if (tokens.length > room) return { text: tokens.slice(0, room).join(""), tokens: room, end: "length" };
  return { text: stopped, tokens: tokens.length, end: found.length > 0 ? "stop" : "whole" };
}
