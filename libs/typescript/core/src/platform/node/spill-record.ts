import { nowNs } from "../../clock.js";
import { SpanStatusCode } from "../../entities/span-status.js";
import { traceFromJson } from "../../entities/trace-from-json.js";
import { TraceState } from "../../entities/trace-state.js";
import type { Attachment, FinishedTrace } from "../../export/trace-exporter.js";
import { parseJson, stringifyJson } from "../../json/bigint-json.js";
import { asList, asRecord, asText } from "../../json/read.js";

const VERSION = 1;
const CUT_OFF = "The process ended before this span did";

/** The text of a file that holds one unsent trace: where it belongs, and the trace. Credentials are no part of it. */
export function writeSpillRecord(trackingUri: string, finished: FinishedTrace): string {
  const { trace, isRemote, attachments } = finished;
  return stringifyJson({
    version: VERSION,
    trackingUri,
    isRemote,
    trace: trace.toJson(),
    attachments: attachments.map(({ id, contentType, data }) => {
      return { id, contentType, data: Buffer.from(data).toString("base64") };
    }),
  });
}

/**
 * Reads what {@link writeSpillRecord} wrote.
 *
 * @throws Error when it is damaged, of another version, or for another server
 */
export function readSpillRecord(text: string, trackingUri: string): FinishedTrace {
  const record = asRecord(parseJson(text));
  if (record.version !== VERSION) throw new Error(`unknown version ${String(record.version)}`);
  if (record.trackingUri !== trackingUri) throw new Error("the trace is for another server");
  const trace = traceFromJson(record.trace);
  if (!/^tr-[\da-f]{32}$/.test(trace.info.traceId)) throw new Error("the trace has no id");
  return { trace, isRemote: record.isRemote === true, attachments: asList(record.attachments).map(readAttachment) };
}

function readAttachment(json: unknown): Attachment {
  const { id, contentType, data } = asRecord(json);
  return {
    id: asText(id) ?? "",
    contentType: asText(contentType) ?? "application/octet-stream",
    data: new Uint8Array(Buffer.from(asText(data) ?? "", "base64")),
  };
}

/** A trace whose process ends now: open spans end as failed, as nothing else will end them. */
export function cutOff({ trace, ...rest }: FinishedTrace): FinishedTrace {
  const now = nowNs();
  const json = trace.toJson();
  for (const span of json.data.spans) {
    if (span.end_time_unix_nano !== null) continue;
    span.end_time_unix_nano = now;
    span.status = { code: SpanStatusCode.ERROR, message: CUT_OFF };
  }
  const ended = traceFromJson(json);
  if (ended.info.state === TraceState.IN_PROGRESS) {
    ended.info.state = TraceState.ERROR;
    ended.info.executionDuration = Math.max(0, Number(now / 1_000_000n) - ended.info.requestTime);
  }
  return { ...rest, trace: ended };
}
