import { type DroppedEvent, RUN_LIMITS, type RunEvent } from "../contract";

/** Events that end or explain a run; the budget keeps room for them whatever a program has printed before. */
const ESSENTIAL: ReadonlySet<RunEvent["type"]> = new Set(["error", "dropped", "exit"]);

export interface Budget {
  /** Serialises and posts the event, or counts it as dropped. Never throws. */
  emit(event: RunEvent): void;
  /** The same for an event that is costly to make: it is not made when the budget is used up already. */
  emitLazily(make: () => RunEvent): void;
  /** What was kept back so far; `null` when nothing was. */
  dropped(): DroppedEvent | null;
}

/**
 * One budget (messages and UTF-16 units) for every way out of a run: console, exchanges, spans, traces and errors.
 * `JSON.stringify` is captured on creation, so that a program which replaces it changes nothing here.
 */
export function createBudget(post: (message: string) => void, limits = RUN_LIMITS): Budget {
  const stringify = JSON.stringify;
  const essentialBytes = limits.totalBytes / 20;
  let bytes = 0;
  let messages = 0;
  let droppedBytes = 0;
  let droppedMessages = 0;

  function fits(event: RunEvent, size: number): boolean {
    const essential = ESSENTIAL.has(event.type);
    const maxBytes = limits.totalBytes + (essential ? essentialBytes : 0);
    const maxMessages = limits.totalMessages + (essential ? 16 : 0);
    return bytes + size <= maxBytes && messages < maxMessages;
  }

  function emit(event: RunEvent): void {
    const message = serialize(event);
    if (message !== null && fits(event, message.length)) {
      bytes += message.length;
      messages += 1;
      post(message);
      return;
    }
    droppedMessages += 1;
    droppedBytes += message?.length ?? 0;
  }

  function emitLazily(make: () => RunEvent): void {
    if (bytes < limits.totalBytes && messages < limits.totalMessages) emit(make());
    else droppedMessages += 1;
  }

  function serialize(event: RunEvent): string | null {
    try {
      return stringify(event);
    } catch {
      return null;
    }
  }

  return {
    emit,
    emitLazily,
    dropped: () => (droppedMessages === 0 ? null : { type: "dropped", messages: droppedMessages, bytes: droppedBytes }),
  };
}
