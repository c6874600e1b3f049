import type { StreamAccumulator } from "mlflow-tracing";
import { isObject, type JsonObject, mergeDelta } from "./delta.js";

/** Fields of chunks that say nothing of the completion: padding that hides the length of a chunk. */
const CHUNK_ONLY = new Set(["choices", "object", "obfuscation"]);

/**
 * Puts the chunks of a streamed answer together to the completion they stand for, of the chat API or the older one. Unknown
 * fields are taken along. Holds no more than the completion itself.
 */
export class CompletionAccumulator implements StreamAccumulator {
  #completion: JsonObject | undefined;
  readonly #choices = new Map<unknown, JsonObject>();

  /** Takes in one chunk; what is no chunk is ignored. */
  add(chunk: unknown): void {
    if (!isObject(chunk)) return;
    this.#completion ??= {};
    for (const [key, value] of Object.entries(chunk)) if (!CHUNK_ONLY.has(key)) keep(this.#completion, key, value);
    if (typeof chunk.object === "string") this.#completion.object = chunk.object.replace(/\.chunk$/, "");
    if (Array.isArray(chunk.choices)) for (const choice of chunk.choices) this.#addChoice(choice);
  }

  /** The completion so far; `undefined` before its first chunk. */
  snapshot(): unknown {
    if (!this.#completion) return undefined;
    const choices = [...this.#choices.values()].sort((a, b) => Number(a.index) - Number(b.index));
    return { ...this.#completion, choices: choices.map(withoutToolIndexes) };
  }

  #addChoice(part: unknown): void {
    if (!isObject(part)) return;
    const { delta, text, logprobs, ...fields } = part;
    const choice = this.#choices.get(part.index) ?? {};
    this.#choices.set(part.index, choice);
    for (const [key, value] of Object.entries(fields)) keep(choice, key, value);
    mergeDelta(choice, { ...(text === undefined ? {} : { text }), ...(logprobs === undefined ? {} : { logprobs }) });
    if (!isObject(delta)) return;
    choice.message ??= { role: "assistant", content: null };
    mergeDelta(choice.message as JsonObject, delta);
  }
}

/** The last value counts, unless it is empty: some providers leave fields empty in all chunks but one. */
function keep(target: JsonObject, key: string, value: unknown): void {
  const isEmpty = value === null || value === undefined || value === "";
  if (key !== "__proto__" && !(isEmpty && Object.hasOwn(target, key))) target[key] = value;
}

/** The index of a tool call belongs to its chunks; the completion has a list. */
function withoutToolIndexes(choice: JsonObject): JsonObject {
  const { message } = choice;
  if (!isObject(message) || !Array.isArray(message.tool_calls)) return choice;
  const calls = message.tool_calls.filter(isObject).map(({ index: _, ...call }) => call);
  return { ...choice, message: { ...message, tool_calls: calls } };
}
