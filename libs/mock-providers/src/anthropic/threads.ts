import { type ApiError, invalidRequest } from "./error";
import type { ContentBlock } from "./message";
import type { Block, MessagesRequest } from "./schema";

/** Conversations kept at once; the oldest are forgotten first. */
const MOST_THREADS = 100;

/** Conversations that the server holds for callers who send only what is new (`thread` in a request). */
export class ThreadStore {
  readonly #requests = new Map<string, MessagesRequest>();

  /** The whole conversation of a request: with `thread: continue`, what came before it is put in front. */
  expand(request: MessagesRequest): { whole: MessagesRequest } | { error: ApiError } {
    const { thread } = request;
    if (thread?.type !== "continue") return { whole: request };
    const id = thread.previous_message_id ?? "";
    const before = this.#requests.get(id);
    if (!before) return { error: invalidRequest(`thread.previous_message_id: no thread holds the message '${id}'`) };
    return { whole: { ...before, ...request, messages: [...before.messages, ...request.messages] } };
  }

  /** Remembers an answered request under the id of its answer, if it asked for that. */
  keep(request: MessagesRequest, answerId: string, content: readonly ContentBlock[]): void {
    if (!request.thread) return;
    const answer = { role: "assistant", content: content as unknown as Block[] };
    this.#requests.set(answerId, { ...request, messages: [...request.messages, answer] });
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > MOST_THREADS && oldest !== undefined) this.#requests.delete(oldest);
  }
}
