import type { GuardExports, Outbox, UnsentTrace } from "../../export/outbox.js";
import type { FinishedTrace } from "../../export/trace-exporter.js";

/** Browsers allow 64 KiB of such requests under way, headers not included; some is left to the page. */
const KEEPALIVE_BYTES = 60 * 1024;

/** The part of a page's global object that is needed; a worker has neither page nor document. */
interface Page {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
  document?: {
    readonly visibilityState: string;
    addEventListener(type: string, listener: () => void): void;
    removeEventListener(type: string, listener: () => void): void;
  };
}

/**
 * Sends what is unsent when the page is hidden or left, by requests that outlive it: the smallest traces first, as far as
 * the browser's budget goes.
 */
export const guardExports: GuardExports = (outbox) => {
  const { addEventListener, removeEventListener, document } = globalThis as unknown as Page;
  const lastSend = new LastSend(outbox);
  const leave = () => lastSend.send();
  const hide = () => {
    if (document?.visibilityState === "hidden") lastSend.send();
  };
  addEventListener?.call(globalThis, "pagehide", leave);
  document?.addEventListener("visibilitychange", hide);
  return {
    keep: () => false,
    resume: () => {},
    release: () => {
      removeEventListener?.call(globalThis, "pagehide", leave);
      document?.removeEventListener("visibilitychange", hide);
    },
  };
};

class LastSend {
  readonly #outbox: Outbox;
  readonly #underWay = new WeakSet<FinishedTrace>();
  readonly #left = new WeakSet<FinishedTrace>();
  #room = KEEPALIVE_BYTES;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  send(): void {
    const due = this.#outbox.unsent().filter(({ finished }) => !this.#underWay.has(finished));
    due.sort((a, b) => a.bytes - b.bytes);
    const left = due.filter((trace) => !this.#sendOne(trace) && !this.#left.has(trace.finished));
    for (const { finished } of left) this.#left.add(finished);
    if (left.length > 0) this.#outbox.leaveBehind(left.length);
  }

  /** @returns whether it fitted */
  #sendOne(trace: UnsentTrace): boolean {
    // A rough guess spares the encoding of what is far too large.
    if (trace.bytes > 2 * this.#room) return false;
    const requests = trace.requests().map(({ data, ...request }) => {
      return { ...request, data: typeof data === "string" ? new TextEncoder().encode(data) : data, keepalive: true };
    });
    const bytes = requests.reduce((sum, { data }) => sum + (data?.byteLength ?? 0), 0);
    if (requests.length === 0 || bytes > this.#room) return false;
    this.#room -= bytes;
    this.#underWay.add(trace.finished);
    const end = () => {
      this.#room += bytes;
      this.#underWay.delete(trace.finished);
    };
    const sending = Promise.all(requests.map((request) => this.#outbox.post(request)));
    trace.settleBy(sending);
    sending.then(end, end);
    return true;
  }
}
