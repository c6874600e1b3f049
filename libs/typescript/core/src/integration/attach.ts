import { extractAttachments } from "../attachments/index.js";
import type { LiveSpan } from "../entities/live-span.js";

/** Bytes of attachments that one trace may have; what is beyond stays inline. */
const MAX_TRACE_BYTES = 256 * 1024 * 1024;

/**
 * Moves inline images, audio and documents of a request or an answer to the attachments of the span's trace, which are
 * stored beside it.
 *
 * @returns what to set as inputs or outputs: `value` itself when there is nothing to move, else a copy with
 *   `mlflow-attachment://…` in the places of what was moved
 * @example span.setInputs(moveAttachments(span, request));
 */
export function moveAttachments<T>(span: LiveSpan, value: T): T {
  const trace = span._trace;
  if (!trace || trace.attachmentBytes >= MAX_TRACE_BYTES) return value;
  const extracted = extractAttachments(value, span.traceId);
  for (const attachment of extracted.attachments) {
    trace.attachments.push(attachment);
    trace.attachmentBytes += attachment.data.byteLength;
  }
  return extracted.value;
}
