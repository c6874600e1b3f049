import type { TraceInfo } from "../entities/trace-info.js";
import {
  createTraceLocationFromExperimentId,
  type TraceLocation,
  traceLocationToJson,
} from "../entities/trace-location.js";
import { asList, asRecord, asText } from "../json/read.js";
import { type Connection, request } from "./connection.js";
import { parseTraceInfo } from "./parse-trace-info.js";
import { toServerNames } from "./search-names.js";

const MAX_PAGE = 500;
const DEFAULT_PAGE = 100;

/** Which traces to look for, and how many at a time. */
export interface SearchTracesOptions {
  /** Experiments to look in; at least one, or a location. */
  experimentIds?: readonly string[] | undefined;
  locations?: readonly TraceLocation[] | undefined;
  /**
   * Clauses joined by `AND`, e.g. `state = 'ERROR' AND tags.env = 'prod'`. Fields may be named as in `TraceInfo`
   * (`request_time` or `requestTime`, `execution_duration`, `state`, `trace_id`) or as the server names them
   * (`timestamp_ms`, `execution_time_ms`, `status`, `request_id`); times are milliseconds.
   */
  filter?: string | undefined;
  /** 1 to 500; 100 by default. */
  maxResults?: number | undefined;
  /** One field each with `ASC` (default) or `DESC`, named as in `filter`, e.g. `["execution_duration DESC"]`; newest first by default. */
  orderBy?: readonly string[] | undefined;
  /** `nextPageToken` of the page before. */
  pageToken?: string | undefined;
}

/** One page. A full page has a token even when it is the last one; the page after it is then empty. */
export interface SearchTracesResult {
  traces: TraceInfo[];
  nextPageToken?: string | undefined;
}

/** What to walk through, page by page. */
export interface IterateTracesOptions extends SearchTracesOptions {
  /** Most traces to give; all by default. `maxResults` is then the size of a page. */
  limit?: number | undefined;
}

/** @throws Error before anything is sent when there is nowhere to look, or the page size is out of its range */
export async function searchTraces(connection: Connection, options: SearchTracesOptions): Promise<SearchTracesResult> {
  const answer = asRecord(await request(connection, "POST", "/api/3.0/mlflow/traces/search", searchBody(options)));
  const traces = asList(answer.traces).map((info) => parseTraceInfo(info));
  return { traces, nextPageToken: asText(answer.next_page_token) || undefined };
}

function searchBody(options: SearchTracesOptions): Record<string, unknown> {
  const { filter, maxResults, orderBy, pageToken } = options;
  checkPageSize(maxResults);
  return {
    locations: searchLocations(options),
    filter: filter === undefined ? undefined : toServerNames(filter),
    max_results: maxResults,
    order_by: orderBy?.map(toServerNames),
    page_token: pageToken || undefined,
  };
}

function searchLocations({ experimentIds = [], locations = [] }: SearchTracesOptions): Record<string, unknown>[] {
  if (experimentIds.length + locations.length === 0) {
    throw new Error("searchTraces needs somewhere to look: pass experimentIds, e.g. ['1'], or locations.");
  }
  return [...locations, ...experimentIds.map(createTraceLocationFromExperimentId)].map((location) => {
    const id = location.mlflowExperiment?.experimentId;
    if (id === undefined || /^\d+$/.test(id)) return traceLocationToJson(location);
    throw new Error(`Invalid experiment id '${id}': it must be digits. getExperimentByName() finds the id of a name.`);
  });
}

function checkPageSize(size: number | undefined): void {
  if (size === undefined || (Number.isInteger(size) && size >= 1 && size <= MAX_PAGE)) return;
  throw new RangeError(`maxResults must be a whole number from 1 to ${MAX_PAGE}, not ${size}.`);
}

/** Gives the traces one by one and asks for a page when it is needed. */
export async function* iterateTraces(
  connection: Connection,
  { limit = Number.POSITIVE_INFINITY, ...options }: IterateTracesOptions,
): AsyncGenerator<TraceInfo, void, undefined> {
  if (!(limit >= 0)) throw new RangeError(`limit must be a number from 0, not ${limit}.`);
  const maxResults = options.maxResults ?? Math.min(DEFAULT_PAGE, Math.max(1, Math.ceil(limit)));
  let { pageToken } = options;
  for (let left = Math.ceil(limit); left > 0; ) {
    const page = await searchTraces(connection, { ...options, maxResults, pageToken });
    yield* page.traces.slice(0, left);
    left -= page.traces.length;
    // A server that gives the same token again would be asked forever.
    if (page.nextPageToken === undefined || page.nextPageToken === pageToken) return;
    pageToken = page.nextPageToken;
  }
}
