import { ARTIFACT_LOCATION_TAG, SPANS_LOCATION_TAG, TRACE_SESSION, TRACE_SIZE_BYTES } from "../attribute-keys.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { stringifyJson } from "../json/bigint-json.js";

/** The server refuses a trace whose session id is longer. */
const MAX_SESSION_ID_LENGTH = 250;

/** Escaped backslashes, and halves of surrogate pairs: with one of these, the server silently drops fields. */
const ESCAPES = /\\\\|\\ud[89a-f][\da-f]{2}/g;

/**
 * The body that starts or updates a trace. Tags that are the server's own are left out: it refuses a new trace that has
 * them. The number of spans is left out too, as spans of other processes may join the trace and MLflow hides a trace whose
 * number is not exact; the UI shows `sizeBytes`.
 */
export function traceInfoBody(info: TraceInfo, sizeBytes?: number): string {
  const { [ARTIFACT_LOCATION_TAG]: _location, [SPANS_LOCATION_TAG]: _spans, ...tags } = info.tags;
  const metadata = { ...info.traceMetadata };
  const session = metadata[TRACE_SESSION];
  if (session !== undefined) metadata[TRACE_SESSION] = session.slice(0, MAX_SESSION_ID_LENGTH);
  if (sizeBytes !== undefined) metadata[TRACE_SIZE_BYTES] ??= String(sizeBytes);
  const body = { trace: { trace_info: { ...info.toJson(), tags, trace_metadata: metadata } } };
  return stringifyJson(body).replace(ESCAPES, (found) => (found === "\\\\" ? found : "\ufffd"));
}
