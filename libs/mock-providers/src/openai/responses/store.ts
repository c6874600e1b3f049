import type { ResponseItem, ResponseObject } from "./response";
import type { Item } from "./schema";

/** Responses kept at once; the oldest are forgotten first. */
const MOST_RESPONSES = 100;

interface Stored {
  readonly response: ResponseObject;
  /** The conversation up to the response's own output, that included. */
  readonly items: readonly Item[];
}

/** Responses that the server holds, for `previous_response_id` and for being looked up. */
export class ResponseStore {
  readonly #stored = new Map<string, Stored>();

  get(id: string): Stored | undefined {
    return this.#stored.get(id);
  }

  /** The output item with this id, whichever response it belongs to. */
  findItem(id: string): ResponseItem | undefined {
    for (const { response } of this.#stored.values()) {
      const item = response.output.find((candidate) => candidate.id === id);
      if (item) return item;
    }
    return undefined;
  }

  keep(response: ResponseObject, items: readonly Item[]): void {
    this.#stored.set(response.id, { response, items: [...items, ...response.output.map((item) => ({ ...item }))] });
    const [oldest] = this.#stored.keys();
    if (this.#stored.size > MOST_RESPONSES && oldest !== undefined) this.#stored.delete(oldest);
  }

  /** Whether there was something to delete. */
  delete(id: string): boolean {
    return this.#stored.delete(id);
  }
}
