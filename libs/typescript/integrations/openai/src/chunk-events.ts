import { type LiveSpan, SpanEvent } from "mlflow-tracing";

/** Chunks of one stream that are kept as events, and the characters of their JSON; more are only counted. */
export const CHUNK_EVENT_LIMIT = 1_000;
export const CHUNK_CHARACTER_LIMIT = 1_000_000;

/** How many chunks came after a limit was reached. */
export const DROPPED_CHUNKS_ATTRIBUTE = "mlflow.chunk.droppedItems";

/** Writes each chunk of a stream to the span as it comes, as the event `mlflow.chunk.item.<i>`. */
export class ChunkEvents {
  readonly #span: LiveSpan;
  #kept = 0;
  #characters = 0;
  #dropped = 0;

  constructor(span: LiveSpan) {
    this.#span = span;
  }

  add(chunk: unknown): void {
    // Once one is dropped all later ones are, so that what is kept has no gaps.
    const json = this.#dropped > 0 || this.#kept >= CHUNK_EVENT_LIMIT ? undefined : JSON.stringify(chunk);
    if (json === undefined || this.#characters + json.length > CHUNK_CHARACTER_LIMIT) {
      this.#dropped++;
      return;
    }
    this.#characters += json.length;
    const name = `mlflow.chunk.item.${this.#kept++}`;
    this.#span.addEvent(new SpanEvent({ name, attributes: { "mlflow.chunk.value": json } }));
  }

  /** Writes the number of chunks that were dropped, if any. */
  finish(): void {
    if (this.#dropped > 0) this.#span.setAttribute(DROPPED_CHUNKS_ATTRIBUTE, this.#dropped);
  }
}
