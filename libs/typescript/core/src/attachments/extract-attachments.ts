import { warn } from "../diagnostics.js";
import type { Attachment } from "../export/trace-exporter.js";
import { decode, sizeOf } from "./inline-binary.js";
import { type FoundBinary, ObjectScan } from "./object-scan.js";
import { type Replacement, replaceParts } from "./replace-parts.js";
import { randomUuid } from "./uuid.js";

/** Attachments that one value may have. */
export const MAX_ATTACHMENTS = 100;
/** Bytes that the attachments of one value may have together. */
export const MAX_ATTACHMENT_BYTES = 64 * 1024 * 1024;

/** A value without its inline binary, and the binary. */
export interface ExtractedAttachments<T = unknown> {
  /** `value` itself when there was nothing to replace; else a copy. */
  readonly value: T;
  readonly attachments: readonly Attachment[];
  /** Parts that are still inline because a limit was reached; each value that was not looked through counts as one. */
  readonly skipped: number;
}

/**
 * Takes inline images, audio and documents out of a request or an answer: in their places stands
 * `mlflow-attachment://<uuid>?content_type=image%2Fpng&trace_id=tr-…&size=<bytes>`. What is recognised: base64 data URLs
 * anywhere; Anthropic's base64 sources; OpenAI's audio and generated images; Gemini's `inlineData`; blocks of LangChain.js,
 * the Vercel AI SDK and Bedrock. What is no proper base64 stays. Neither changes `value` nor throws.
 *
 * @param traceId MLflow's id of the trace, `tr-…`
 * @example
 * const { value, attachments } = extractAttachments(request, span.traceId);
 * span.setInputs(value);
 */
export function extractAttachments<T>(value: T, traceId: string): ExtractedAttachments<T> {
  if (typeof value !== "string" && (typeof value !== "object" || value === null)) return unchanged(value, 0);
  try {
    return extract(value, traceId);
  } catch (error) {
    warn("Failed to take the attachments out of a value", error);
    return unchanged(value, 1);
  }
}

function unchanged<T>(value: T, skipped: number): ExtractedAttachments<T> {
  return { value, attachments: [], skipped };
}

function extract<T>(value: T, traceId: string): ExtractedAttachments<T> {
  const box = { value };
  const scan = new ObjectScan(box);
  const taken = new TakenAttachments(traceId);
  const replacements = scan.found.map((found) => taken.take(found)).filter((replacement) => replacement !== undefined);
  const skipped = taken.skipped + scan.tooLong + (scan.incomplete ? 1 : 0);
  if (replacements.length === 0) return unchanged(value, skipped);
  return { value: replaceParts(box, scan, replacements).value, attachments: taken.attachments, skipped };
}

/** The attachments of one value, up to the limits. */
class TakenAttachments {
  readonly attachments: Attachment[] = [];
  skipped = 0;
  readonly #traceId: string;
  #bytes = 0;

  constructor(traceId: string) {
    this.#traceId = traceId;
  }

  /** @returns what takes the place of the binary; `undefined` when it stays */
  take({ holder, key, binary }: FoundBinary): Replacement | undefined {
    if (this.attachments.length >= MAX_ATTACHMENTS || this.#bytes + sizeOf(binary) > MAX_ATTACHMENT_BYTES) {
      this.skipped++;
      return undefined;
    }
    const decoded = decode(binary);
    if (!decoded) return undefined;
    const attachment: Attachment = { id: randomUuid(), ...decoded };
    this.attachments.push(attachment);
    this.#bytes += decoded.data.byteLength;
    return { holder, key, value: attachmentUrl(attachment, this.#traceId) };
  }
}

function attachmentUrl({ id, contentType, data }: Attachment, traceId: string): string {
  const query = new URLSearchParams({ content_type: contentType, trace_id: traceId, size: String(data.byteLength) });
  return `mlflow-attachment://${id}?${query}`;
}
