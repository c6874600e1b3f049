import { warn } from "../diagnostics.js";
import { describeThrown } from "../entities/span-event.js";

/** Reports failures to send: the same one in a row the first time, and how many there were when it is over. */
export class FailureLog {
  #last = "";
  #repeated = 0;

  failed(traceId: string, error: unknown): void {
    const { message } = describeThrown(error);
    // Without what differs from trace to trace, such as the path of its files.
    const kind = message.replaceAll(traceId, "…");
    if (kind === this.#last) {
      this.#repeated++;
      return;
    }
    this.#tellRepeated();
    this.#last = kind;
    warn(`Failed to send the trace ${traceId}: ${message}`);
  }

  /** @returns whether there were failures just before */
  succeeded(): boolean {
    const hadFailed = this.#last !== "";
    this.#tellRepeated();
    this.#last = "";
    return hadFailed;
  }

  #tellRepeated(): void {
    if (this.#repeated > 0) warn(`${this.#repeated} more traces could not be sent before for the same reason`);
    this.#repeated = 0;
  }
}
