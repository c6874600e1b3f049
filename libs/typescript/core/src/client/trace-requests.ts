import { ARTIFACT_LOCATION_TAG, SPANS_LOCATION_TAG, TRACE_SESSION } from "../attribute-keys.js";
import type { TraceData } from "../entities/trace-data.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { asRecord } from "../json/read.js";
import { traceArtifactUrl } from "./artifacts.js";
import { type Connection, explained, request, requireText } from "./connection.js";
import { requestText } from "./http.js";
import { parseTraceInfo } from "./parse-trace-info.js";

const TRACES = "/api/3.0/mlflow/traces";
const MAX_SESSION_CHARACTERS = 250;

/** Only the server sets these; sent for a new trace, they make it refuse the trace or unable to read its spans. */
const SERVER_TAGS: readonly string[] = [ARTIFACT_LOCATION_TAG, SPANS_LOCATION_TAG, "mlflow.trace.archiveLocation"];

/** Path of one trace, or of what is below it. */
export function tracePath(traceId: string, rest = ""): string {
  return `${TRACES}/${encodeURIComponent(requireText(traceId, "traceId"))}${rest}`;
}

/**
 * Starts or updates a trace. Time, duration, state and experiment are replaced, also by nothing; tags and metadata are merged.
 *
 * @returns the server's copy; its tags say where the spans belong
 * @throws Error before anything is sent when the session id is longer than the server takes
 */
export async function postTraceInfo(connection: Connection, info: TraceInfo): Promise<TraceInfo> {
  checkSession(info);
  const json = info.toJson();
  const tags = Object.entries(asRecord(json.tags)).filter(([key]) => !SERVER_TAGS.includes(key));
  const body = { trace: { trace_info: { ...json, tags: Object.fromEntries(tags) } } };
  const answer = await explained(request(connection, "POST", TRACES, body), ({ body: text }) =>
    /experiment/i.test(text) ? experimentHint(info) : undefined,
  );
  return readTraceInfo(answer);
}

function checkSession(info: TraceInfo): void {
  const session: unknown = info.traceMetadata[TRACE_SESSION];
  const length = typeof session === "string" ? [...session].length : 0;
  if (length <= MAX_SESSION_CHARACTERS) return;
  throw new RangeError(
    `The session id of ${info.traceId} has ${length} characters; the server takes ${MAX_SESSION_CHARACTERS}. Shorten it.`,
  );
}

function experimentHint({ traceLocation }: TraceInfo): string {
  const id = traceLocation.mlflowExperiment?.experimentId;
  return `Is there an experiment ${id} on this server? createExperiment() makes one and resolves to its id; getExperimentByName() finds one.`;
}

/** @throws MlflowHttpError with status 404 when there is no such trace */
export async function fetchTraceInfo(connection: Connection, traceId: string): Promise<TraceInfo> {
  const answer = await explained(request(connection, "GET", tracePath(traceId)), ({ status }) =>
    status === 404 ? "Traces are sent in the background: await flushTraces() before reading one." : undefined,
  );
  return readTraceInfo(answer);
}

/**
 * Stores the spans as `traces.json` where `info`, the server's copy, says.
 *
 * @throws Error when the trace has no artifact location, or one that the server's proxy does not reach
 */
export async function putTraceData({ base, headers }: Connection, info: TraceInfo, data: TraceData): Promise<void> {
  await requestText({ method: "PUT", url: traceArtifactUrl(base, info), body: data.toJson() }, headers);
}

/** `{trace: {trace_info}}`, as most routes answer. */
export function readTraceInfo(answer: unknown): TraceInfo {
  const info = asRecord(asRecord(answer).trace).trace_info;
  if (typeof info !== "object" || info === null) throw new Error("The server's answer has no trace.trace_info");
  return parseTraceInfo(info);
}
