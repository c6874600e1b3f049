import { type LiveSpan, NoOpSpan, SpanAttributeKey, SpanType, startSpan, withActiveSpan } from "mlflow-tracing";
import { requestAttributes } from "./request-attributes.js";
import { readTokenUsage } from "./token-usage.js";

/** Starts the span of a call with `request` as its first argument; `undefined` when nothing is recorded. */
export function startCall(request: unknown): CallRecorder | undefined {
  const span = startSpan({
    name: "Messages",
    spanType: SpanType.LLM,
    inputs: request,
    attributes: requestAttributes(request),
  });
  return span instanceof NoOpSpan ? undefined : new CallRecorder(span);
}

/** The span of one call. Only its first end counts, since a call can be seen to end in several ways at once. */
export class CallRecorder {
  readonly #span: LiveSpan;
  #ended = false;

  constructor(span: LiveSpan) {
    this.#span = span;
  }

  /** Runs what starts the call, with the span active; what it throws ends the span. */
  run<T>(start: () => T): T {
    try {
      return withActiveSpan(this.#span, start);
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  /** Ends the span with the message that came, or that came so far; without one where nobody has read it. */
  finish(message?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#record(message);
    this.#span.end();
  }

  /** Ends the span as failed, with what had come until then. */
  fail(error: unknown, partialMessage?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#record(partialMessage);
    this.#span.recordException(error);
    this.#span.end();
  }

  #record(message: unknown): void {
    if (message === undefined || message === null) return;
    this.#span.setOutputs(message);
    const usage = readTokenUsage(message);
    if (usage) this.#span.setAttribute(SpanAttributeKey.TOKEN_USAGE, usage);
  }
}
