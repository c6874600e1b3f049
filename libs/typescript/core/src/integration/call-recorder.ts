import { SPAN_TOKEN_USAGE } from "../attribute-keys.js";
import { guarded } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";
import { NoOpSpan } from "../entities/no-op-span.js";
import type { TokenUsage } from "../entities/token-usage.js";
import { withActiveSpan } from "../tracing/active-span.js";
import { type SpanOptions, startSpan } from "../tracing/start-span.js";
import { moveAttachments } from "./attach.js";

/** What {@link startCall} needs to know of a provider call. */
export interface CallOptions extends SpanOptions {
  /** Reads the token counts out of whatever the call is finished with; `undefined` when there are none. */
  readUsage?: (outputs: unknown) => TokenUsage | undefined;
  /** Reads attributes that the answer alone tells, such as the model that gave it. */
  readAttributes?: (outputs: unknown) => Record<string, unknown>;
}

/**
 * Starts the span of a provider call. Inline images and the like become attachments of the trace. The span is made active
 * by {@link CallRecorder.run} alone.
 *
 * @returns `undefined` when nothing is recorded; then the call is to be made as if there were no tracing
 * @example
 * const recorder = startCall({ name: "Completions", spanType: SpanType.LLM, inputs: request });
 * if (!recorder) return call(request);
 * return recordPromise(recorder.run(() => call(request)), recorder);
 */
export function startCall({ readUsage, readAttributes, inputs, ...options }: CallOptions): CallRecorder | undefined {
  const span = startSpan(options);
  if (span instanceof NoOpSpan) return undefined;
  if (inputs !== undefined) span.setInputs(moveAttachments(span, withoutUndefined(inputs)));
  return new CallRecorder(span, { readUsage, readAttributes });
}

type AnswerReaders = Pick<CallOptions, "readUsage" | "readAttributes">;

/**
 * The span of one call. Only its first end counts, since a call can be seen to end in several ways at once.
 *
 * @example
 * const recorder = startCall({ name: "Completions", spanType: SpanType.LLM, inputs: request });
 * if (!recorder) return send(request);
 * try {
 *   const answer = await recorder.run(() => send(request));
 *   recorder.finish(answer);
 *   return answer;
 * } catch (error) {
 *   recorder.fail(error);
 *   throw error;
 * }
 */
export class CallRecorder {
  readonly span: LiveSpan;
  readonly #read: AnswerReaders;
  #ended = false;

  constructor(span: LiveSpan, read: AnswerReaders = {}) {
    this.span = span;
    this.#read = read;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Runs what starts the call, with the span active; what it throws ends the span and is thrown on. */
  run<T>(start: () => T): T {
    try {
      return withActiveSpan(this.span, start);
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  /** Ends the span with the answer that came, or that came so far; without one where nobody has read it. */
  finish(outputs?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#record(outputs);
    this.span.end();
  }

  /** Ends the span as failed, with what had come until then. */
  fail(error: unknown, partialOutputs?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#record(partialOutputs);
    this.span.recordException(error);
    this.span.end();
  }

  #record(outputs: unknown): void {
    if (outputs === undefined || outputs === null) return;
    this.span.setOutputs(moveAttachments(this.span, outputs));
    const usage = guarded("Failed to read the token usage", () => this.#read.readUsage?.(outputs));
    const described = () => this.span.setAttributes(this.#read.readAttributes?.(outputs));
    guarded("Failed to describe an answer", described);
    if (usage) this.span.setAttribute(SPAN_TOKEN_USAGE, usage);
  }
}

/** Fields that are `undefined` are not sent, so that a request does not have them. */
function withoutUndefined(request: unknown): unknown {
  const strip = (): unknown => {
    if (typeof request !== "object" || request === null || Array.isArray(request)) return request;
    const entries = Object.entries(request);
    const sent = entries.filter(([, value]) => value !== undefined);
    return sent.length === entries.length ? request : Object.fromEntries(sent);
  };
  return guarded("Failed to read a request", strip, request);
}
