import {
  type CallRecorder,
  type ControlledStream,
  type LiveSpan,
  observeStream,
  SpanAttributeKey,
  SpanStatusCode,
  type StreamAccumulator,
} from "mlflow-tracing";
import { ChunkEvents } from "./chunk-events.js";
import { isObject } from "./delta.js";

/** Ends the span with the answer as the API gave it. */
export function finishWithAnswer(recorder: CallRecorder, answer: unknown): void {
  describeAnswer(recorder.span, answer);
  recorder.finish(withoutDerivedFields(answer));
}

/** Ends the span as failed though an answer came: the client could not make of it what the caller wants. */
export function failWithAnswer(recorder: CallRecorder, error: unknown, answer: unknown): void {
  describeAnswer(recorder.span, answer);
  recorder.fail(error, withoutDerivedFields(answer));
}

/** Follows the reading of a streamed answer and ends the span with it. */
export function observeAnswer(stream: ControlledStream, recorder: CallRecorder, answer: StreamAccumulator): void {
  const { span } = recorder;
  const chunks = new ChunkEvents(span);
  observeStream(stream, recorder, {
    add(chunk) {
      answer.add(chunk);
      chunks.add(chunk);
    },
    snapshot() {
      chunks.finish();
      const snapshot = answer.snapshot();
      describeAnswer(span, snapshot);
      return snapshot;
    },
  });
}

/** Writes what the answer alone tells: the model that gave it, and that it failed though the HTTP request did not. */
function describeAnswer(span: LiveSpan, answer: unknown): void {
  if (!isObject(answer)) return;
  const { model, status, error } = answer;
  if (typeof model === "string" && model !== "") span.setAttribute(SpanAttributeKey.MODEL, model);
  if (status === "failed") span.setStatus(SpanStatusCode.ERROR, describeFailure(error));
}

function describeFailure(error: unknown): string {
  const { code, message } = isObject(error) ? error : {};
  return [code, message].filter(Boolean).join(": ") || "The response failed";
}

/** The client adds to a response what it has collected from its output; the API did not send that. */
function withoutDerivedFields(answer: unknown): unknown {
  if (!isObject(answer) || answer.object !== "response") return answer;
  const derived = new Set(["output_text", "output_parsed"]);
  return Object.fromEntries(Object.entries(answer).filter(([key]) => !derived.has(key)));
}
