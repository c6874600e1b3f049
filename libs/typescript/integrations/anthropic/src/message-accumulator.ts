import type {
  RawContentBlockDelta,
  RawMessageDeltaEvent,
  RawMessageStreamEvent,
} from "@anthropic-ai/sdk/resources/messages";
import type { StreamAccumulator } from "mlflow-tracing";

type Block = Record<string, unknown>;

/**
 * Puts the events of a streamed answer together to the message they stand for. Unknown events are skipped, so that a newer
 * API costs at most the parts that are new. Holds no more than the message itself.
 */
export class MessageAccumulator implements StreamAccumulator {
  #message: (Record<string, unknown> & { content: Block[] }) | undefined;
  readonly #partialJson = new Map<number, string>();

  /** Takes in one event; what is no event, or does not fit, is ignored: the reader gets it all the same. */
  add(event: unknown): void {
    try {
      this.#add(event as RawMessageStreamEvent);
    } catch {}
  }

  /** The message so far; `undefined` before its start. Tool input that is incomplete is given as the text that came. */
  snapshot(): unknown {
    if (!this.#message) return undefined;
    const content = this.#message.content.map((block, at) => {
      const json = this.#partialJson.get(at);
      return json ? { ...block, input: parseInput(json) } : block;
    });
    return { ...this.#message, content };
  }

  #add(event: RawMessageStreamEvent): void {
    if (event.type === "message_start") {
      this.#message = { ...event.message, content: event.message.content.map((block) => ({ ...block })) };
      return;
    }
    const message = this.#message;
    if (!message) return;
    if (event.type === "content_block_start") message.content[event.index] = { ...event.content_block };
    if (event.type === "content_block_delta") this.#extend(event.index, event.delta);
    if (event.type === "message_delta") Object.assign(message, mergeDelta(message, event));
  }

  #extend(at: number, delta: RawContentBlockDelta): void {
    const block = this.#message?.content[at];
    if (!block) return;
    if (delta.type === "text_delta") block.text = `${block.text ?? ""}${delta.text}`;
    if (delta.type === "thinking_delta") block.thinking = `${block.thinking ?? ""}${delta.thinking}`;
    if (delta.type === "signature_delta") block.signature = delta.signature;
    if (delta.type === "citations_delta") block.citations = [...((block.citations as unknown[]) ?? []), delta.citation];
    if (delta.type === "input_json_delta") {
      this.#partialJson.set(at, (this.#partialJson.get(at) ?? "") + delta.partial_json);
    }
  }
}

/** Counts in the last event are totals of the whole message; those it leaves out stand as they were. */
function mergeDelta(message: Record<string, unknown>, event: RawMessageDeltaEvent): Record<string, unknown> {
  const counts = Object.entries(event.usage ?? {}).filter(([, count]) => count !== null && count !== undefined);
  const delta = Object.entries(event.delta ?? {}).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(delta), usage: { ...(message.usage as object), ...Object.fromEntries(counts) } };
}

function parseInput(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
