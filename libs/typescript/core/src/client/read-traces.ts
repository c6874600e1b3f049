import { traceDataFromOtlpJson } from "../entities/otlp-json.js";
import { Trace } from "../entities/trace.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { asList, asRecord } from "../json/read.js";
import { type Connection, isNotFound, request, requireText } from "./connection.js";
import { parseTraceInfo } from "./parse-trace-info.js";
import { fetchSpans, isAbsent, isInStore, ordered } from "./read-trace.js";
import { fetchTraceInfo } from "./trace-requests.js";

const MAX_INFOS_PER_REQUEST = 500;
/** Ids go in the query, and proxies limit the length of a URL. */
const MAX_TRACES_PER_REQUEST = 50;
const MAX_PARALLEL_REQUESTS = 6;

/** Infos of the traces that exist, each once, in the order asked. */
export async function fetchTraceInfos(connection: Connection, traceIds: readonly string[]): Promise<TraceInfo[]> {
  for (const id of traceIds) requireText(id, "traceIds");
  const unique = [...new Set(traceIds)];
  const infos: TraceInfo[] = [];
  for (const ids of chunks(unique, MAX_INFOS_PER_REQUEST)) {
    infos.push(...(await fetchInfoBatch(connection, ids)));
  }
  const byId = new Map(infos.map((info) => [info.traceId, info]));
  return unique.flatMap((id) => byId.get(id) ?? []);
}

/** Older servers have no route for several infos. */
async function fetchInfoBatch(connection: Connection, traceIds: readonly string[]): Promise<TraceInfo[]> {
  try {
    const answer = await request(connection, "POST", "/api/3.0/mlflow/traces/batchGetInfos", { trace_ids: traceIds });
    return asList(asRecord(answer).trace_infos).map((info) => parseTraceInfo(info));
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return inParallel(traceIds, (id) => orNothing(fetchTraceInfo(connection, id), isNotFound));
  }
}

/** Traces with their spans, each once, in the order asked; unknown ones and ones whose spans have not all arrived are left out. */
export async function fetchTraces(connection: Connection, traceIds: readonly string[]): Promise<Trace[]> {
  const infos = await fetchTraceInfos(connection, traceIds);
  const stored = await fetchStored(connection, infos.filter(isInStore));
  const found = new Map(stored.map((trace) => [trace.info.traceId, trace]));
  // A batch with one trace in it that is not in the store fails as a whole, so the others are read one by one.
  const single = infos.filter((info) => !isInStore(info));
  const traces = await inParallel(single, (info) => orNothing(fetchWithSpans(connection, info), isAbsent));
  for (const trace of traces) found.set(trace.info.traceId, trace);
  return infos.flatMap(({ traceId }) => found.get(traceId) ?? []);
}

async function fetchStored(connection: Connection, infos: readonly TraceInfo[]): Promise<Trace[]> {
  const traces: Trace[] = [];
  for (const batch of chunks(infos, MAX_TRACES_PER_REQUEST)) traces.push(...(await fetchBatch(connection, batch)));
  return traces;
}

/** A trace may have been moved to an archive since its info was read; then each is read where it is now. */
async function fetchBatch(connection: Connection, infos: readonly TraceInfo[]): Promise<Trace[]> {
  const query = infos.map(({ traceId }) => `trace_ids=${encodeURIComponent(traceId)}`).join("&");
  try {
    const answer = await request(connection, "GET", `/api/3.0/mlflow/traces/batchGet?${query}`);
    return asList(asRecord(answer).traces).map(readTrace);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return inParallel(infos, (info) => orNothing(fetchWithSpans(connection, info), isAbsent));
  }
}

function readTrace(json: unknown): Trace {
  const { trace_info: info, spans } = asRecord(json);
  return new Trace(parseTraceInfo(info), ordered(traceDataFromOtlpJson(spans)));
}

async function fetchWithSpans(connection: Connection, info: TraceInfo): Promise<Trace> {
  return new Trace(info, await fetchSpans(connection, info));
}

async function orNothing<T>(answer: Promise<T>, isExpected: (error: unknown) => boolean): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}

/** Results in the order of the items, without the ones that are `undefined`. */
async function inParallel<Item, T>(items: readonly Item[], run: (item: Item) => Promise<T | undefined>): Promise<T[]> {
  const results: T[] = [];
  for (const some of chunks(items, MAX_PARALLEL_REQUESTS)) {
    for (const result of await Promise.all(some.map(run))) if (result !== undefined) results.push(result);
  }
  return results;
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
