import type { Attachment, FinishedTrace } from "./trace-exporter.js";

/** What a span takes apart from its values. */
const BYTES_PER_SPAN = 400;

/** Bytes that a finished trace takes, roughly and quickly: most of it is in the texts of its attributes. */
export function estimateBytes({ trace, attachments }: FinishedTrace): number {
  let bytes = sizeOf(attachments);
  for (const { _span: span } of trace.data.spans) {
    bytes += BYTES_PER_SPAN;
    for (const value of Object.values(span.attributes)) bytes += typeof value === "string" ? value.length + 30 : 30;
    for (const event of span.events)
      for (const value of Object.values(event.attributes ?? {})) bytes += lengthOf(value);
  }
  return bytes;
}

function sizeOf(attachments: readonly Attachment[]): number {
  return attachments.reduce((sum, { data }) => sum + data.byteLength, 0);
}

function lengthOf(value: unknown): number {
  return 30 + (typeof value === "string" ? value.length : 0);
}
