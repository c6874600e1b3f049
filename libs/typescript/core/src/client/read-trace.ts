import { SPANS_LOCATION_TAG } from "../attribute-keys.js";
import { hrTimeToNs } from "../clock.js";
import { traceDataFromOtlpJson } from "../entities/otlp-json.js";
import type { Span } from "../entities/span.js";
import { Trace } from "../entities/trace.js";
import { TraceData } from "../entities/trace-data.js";
import { traceDataFromJson } from "../entities/trace-from-json.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { asRecord } from "../json/read.js";
import { isProxied, traceArtifactUrl } from "./artifacts.js";
import { type Connection, request } from "./connection.js";
import { requestJson } from "./http.js";
import { MlflowHttpError } from "./http-error.js";
import { fetchTraceInfo } from "./trace-requests.js";

/** How to read a trace. */
export interface GetTraceOptions {
  /** Also a trace of which not all spans have arrived. Else the server waits for them, about 3 seconds, and then refuses. */
  allowPartial?: boolean | undefined;
}

/** Reads the spans from one of the places where a server may keep them. */
type SpanSource = (connection: Connection, info: TraceInfo, options: GetTraceOptions) => Promise<TraceData>;

/** A trace with its spans, the root first and then by start. */
export async function fetchTrace(connection: Connection, traceId: string, options: GetTraceOptions): Promise<Trace> {
  const info = await fetchTraceInfo(connection, traceId);
  return new Trace(info, await fetchSpans(connection, info, options));
}

/** Whether the server keeps the spans in its database. */
export function isInStore(info: TraceInfo): boolean {
  return info.tags[SPANS_LOCATION_TAG] === "TRACKING_STORE";
}

/**
 * The spans, from where the trace's tags say they are, else from the other places: the tag is set by the first spans that
 * come by OTLP, which may be after the info was read, and the artifacts of some servers are out of a client's reach.
 *
 * @throws MlflowHttpError of the first place when there are no spans in any
 */
export async function fetchSpans(
  connection: Connection,
  info: TraceInfo,
  options: GetTraceOptions = {},
): Promise<TraceData> {
  const artifact = isProxied(info) ? [fromArtifact] : [];
  const sources = isInStore(info) ? [fromStore, ...artifact] : [...artifact, fromStore, fromViewer];
  let first: MlflowHttpError | undefined;
  for (const source of sources) {
    try {
      return ordered(await source(connection, info, options));
    } catch (error) {
      if (!isAbsent(error)) throw error;
      first ??= error;
    }
  }
  const problem = first ?? new Error("There is no place to read spans from.");
  problem.message += `\nThe server has no spans, or not yet all spans, of ${info.traceId}; they may be on their way.`;
  throw problem;
}

const fromStore: SpanSource = async (connection, { traceId }, { allowPartial }) => {
  const query = `trace_id=${encodeURIComponent(traceId)}${allowPartial ? "&allow_partial=true" : ""}`;
  const answer = asRecord(await request(connection, "GET", `/api/3.0/mlflow/traces/get?${query}`));
  return traceDataFromOtlpJson(asRecord(answer.trace).spans);
};

const fromArtifact: SpanSource = async ({ base, headers }, info) =>
  readTracesJson(await requestJson({ method: "GET", url: traceArtifactUrl(base, info) }, headers));

/** What the server's own web page downloads: also artifacts that only the server can reach. */
const fromViewer: SpanSource = async (connection, { traceId }) => {
  const path = `/ajax-api/3.0/mlflow/get-trace-artifact?request_id=${encodeURIComponent(traceId)}`;
  return readTracesJson(await request(connection, "GET", path));
};

/** An artifact that was cut or is something else counts as none. */
function readTracesJson(json: unknown): TraceData {
  if (!Array.isArray(asRecord(json).spans)) throw new MlflowHttpError(404, "traces.json holds no spans", "");
  return traceDataFromJson(json);
}

const ABSENT_STATUSES: readonly number[] = [404, 405, 500, 501, 503];

/** Whether the spans are not in this place: servers say it with different statuses. */
export function isAbsent(error: unknown): error is MlflowHttpError {
  return error instanceof MlflowHttpError && ABSENT_STATUSES.includes(error.status);
}

/** The root first, then by start; spans that start together stay as they are. */
export function ordered({ spans }: TraceData): TraceData {
  return new TraceData([...spans].sort(byStart));
}

function byStart(left: Span, right: Span): number {
  const isRoot = (span: Span) => Number(span.parentId === null);
  if (isRoot(left) !== isRoot(right)) return isRoot(right) - isRoot(left);
  const difference = hrTimeToNs(left.startTime) - hrTimeToNs(right.startTime);
  return difference < 0n ? -1 : Number(difference > 0n);
}
