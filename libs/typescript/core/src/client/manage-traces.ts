import { asNumber, asRecord } from "../json/read.js";
import { type Connection, explained, request, requireText } from "./connection.js";
import { chunks } from "./read-traces.js";
import { tracePath } from "./trace-requests.js";

/** Which traces of an experiment to delete: these, or the oldest up to a time. */
export type DeleteTracesOptions = { experimentId: string } & (
  | { traceIds: readonly string[]; maxTimestampMs?: undefined; maxTraces?: undefined }
  | { traceIds?: undefined; maxTimestampMs: number; maxTraces?: number | undefined }
);

const MAX_DELETED_PER_REQUEST = 500;
const MAX_LINKED_PER_REQUEST = 100;
const MAX_TAG_CHARACTERS = 4096;

/** @returns how many were deleted; ids that the experiment does not have count as none */
export async function deleteTraces(connection: Connection, options: DeleteTracesOptions): Promise<number> {
  const { experimentId, traceIds, maxTimestampMs, maxTraces } = options;
  requireText(experimentId, "experimentId");
  if ((traceIds === undefined) === (maxTimestampMs === undefined)) {
    throw new Error("deleteTraces needs either traceIds or maxTimestampMs, and not both.");
  }
  if (traceIds === undefined) {
    const until = Math.floor(maxTimestampMs ?? Number.NaN);
    if (!Number.isSafeInteger(until))
      throw new RangeError(`maxTimestampMs must be milliseconds, not ${maxTimestampMs}.`);
    return deleteBatch(connection, { experiment_id: experimentId, max_timestamp_millis: until, max_traces: maxTraces });
  }
  let deleted = 0;
  for (const ids of chunks(traceIds, MAX_DELETED_PER_REQUEST)) {
    deleted += await deleteBatch(connection, { experiment_id: experimentId, request_ids: ids });
  }
  return deleted;
}

async function deleteBatch(connection: Connection, body: Record<string, unknown>): Promise<number> {
  const answer = await request(connection, "POST", "/api/3.0/mlflow/traces/delete-traces", body);
  return asNumber(asRecord(answer).traces_deleted) ?? 0;
}

/** @throws RangeError for a value of more than 4096 characters, which the server would cut without a word */
export async function setTraceTag(connection: Connection, traceId: string, key: string, value: string): Promise<void> {
  requireText(key, "key");
  const length = [...value].length;
  if (length > MAX_TAG_CHARACTERS) {
    throw new RangeError(`The value of tag '${key}' has ${length} characters; the server keeps ${MAX_TAG_CHARACTERS}.`);
  }
  await explained(request(connection, "PATCH", tracePath(traceId, "/tags"), { key, value }), ({ errorCode }) =>
    errorCode === "BAD_REQUEST"
      ? `Is there a trace ${traceId} on this server? Traces are sent in the background.`
      : undefined,
  );
}

/** @throws MlflowHttpError with status 404 when the trace has no such tag */
export async function deleteTraceTag(connection: Connection, traceId: string, key: string): Promise<void> {
  await request(connection, "DELETE", tracePath(traceId, "/tags"), { key: requireText(key, "key") });
}

/** The server takes 100 at a time, and accepts traces and runs that do not exist. */
export async function linkTracesToRun(
  connection: Connection,
  traceIds: readonly string[],
  runId: string,
): Promise<void> {
  requireText(runId, "runId");
  for (const ids of chunks(traceIds, MAX_LINKED_PER_REQUEST)) {
    await request(connection, "POST", "/api/2.0/mlflow/traces/link-to-run", { trace_ids: ids, run_id: runId });
  }
}
