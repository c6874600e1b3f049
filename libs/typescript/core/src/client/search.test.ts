import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannedServer, type SeenRequest } from "../testing/canned-server.js";
import { MlflowClient } from "./mlflow-client.js";
import { toServerNames } from "./search-names.js";
import type { IterateTracesOptions } from "./search-traces.js";

const SEARCH = "POST /api/3.0/mlflow/traces/search";
const EXPERIMENT = { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: "10" } };

let server: CannedServer;
let client: MlflowClient;
let undo: () => void;
beforeEach(() => {
  server = new CannedServer({ [SEARCH]: {} });
  undo = server.install();
  client = new MlflowClient({ trackingUri: server.uri });
});
afterEach(() => undo());

/** Pages as MLflow's: tokens are offsets, and a full page has one even when it is the last. */
function pagesOf(total: number) {
  return ({ body }: SeenRequest) => {
    const { max_results = 100, page_token = "0" } = Object(body);
    const from = Number(page_token);
    const traces = Array.from({ length: Math.min(max_results, total - from) }, (_, at) => ({
      trace_id: `tr-${from + at}`,
    }));
    if (traces.length === 0) return {};
    return { traces, ...(traces.length === max_results ? { next_page_token: String(from + traces.length) } : {}) };
  };
}

async function collect(options: Partial<IterateTracesOptions>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { traceId } of client.iterateTraces({ experimentIds: ["10"], ...options })) ids.push(traceId);
  return ids;
}

describe("searchTraces", () => {
  it("sends what was asked, locations first, and leaves out the rest", async () => {
    const location = {
      type: "UC_TABLE_PREFIX",
      ucTablePrefix: { catalogName: "c", schemaName: "s", tablePrefix: "p" },
    };
    await client.searchTraces({
      experimentIds: ["10"],
      locations: [location],
      filter: "state = 'OK'",
      orderBy: ["request_time DESC"],
      maxResults: 5,
      pageToken: "t",
    });
    expect(server.lastBody).toEqual({
      locations: [
        { type: "UC_TABLE_PREFIX", uc_table_prefix: { catalog_name: "c", schema_name: "s", table_prefix: "p" } },
        EXPERIMENT,
      ],
      filter: "status = 'OK'",
      order_by: ["timestamp_ms DESC"],
      max_results: 5,
      page_token: "t",
    });
    await client.searchTraces({ experimentIds: ["10"], pageToken: "" });
    expect(server.lastBody).toEqual({ locations: [EXPERIMENT] });
  });

  it("takes an answer without traces as none", async () => {
    expect(await client.searchTraces({ experimentIds: ["10"] })).toEqual({ traces: [], nextPageToken: undefined });
    server.on({ [SEARCH]: { traces: [{ trace_id: "tr-1" }], next_page_token: "" } });
    const page = await client.searchTraces({ experimentIds: ["10"] });
    expect(page).toMatchObject({ traces: [{ traceId: "tr-1" }], nextPageToken: undefined });
  });

  it.each([
    [{}, "somewhere to look"],
    [{ experimentIds: [], locations: [] }, "somewhere to look"],
    [{ experimentIds: ["my-experiment"] }, "getExperimentByName"],
    [{ experimentIds: ["10"], maxResults: 0 }, "1 to 500"],
    [{ experimentIds: ["10"], maxResults: 501 }, "1 to 500"],
    [{ experimentIds: ["10"], maxResults: 1.5 }, "1 to 500"],
  ])("refuses %j before anything is sent", async (options, message) => {
    await expect(client.searchTraces(options)).rejects.toThrow(message);
    expect(server.requests).toEqual([]);
  });
});

describe("names of fields", () => {
  it.each([
    ["request_time DESC", "timestamp_ms DESC"],
    ["executionDuration", "execution_time_ms"],
    ["execution_duration > 100 AND state != 'OK'", "execution_time_ms > 100 AND status != 'OK'"],
    ["trace_id IN ('tr-1','tr-2')", "request_id IN ('tr-1','tr-2')"],
    ["attributes.state = 'OK'", "attributes.status = 'OK'"],
    ["trace.request_time<5", "trace.timestamp_ms<5"],
    ["clientRequestId='a'", "client_request_id='a'"],
  ])("become the server's: %s", (clause, expected) => expect(toServerNames(clause)).toBe(expected));

  it.each([
    "timestamp_ms > 1 AND status = 'ERROR'",
    "tags.state = 'x'",
    "tags.`state` = 'x'",
    "metadata.`mlflow.trace.session` = 'state AND trace_id'",
    'tags."request_time" = "state"',
    "tags.trace.state = 'x'",
    "name LIKE '%state%'",
    "my_state = 'x' AND state2 = 'y'",
    "span.attributes.state LIKE 'x'",
    "feedback.state = 'good'",
  ])("stay where they are something else: %s", (clause) => expect(toServerNames(clause)).toBe(clause));
});

describe("iterateTraces", () => {
  it.each([
    ["everything", 250, {}, 250, [100, 100, 100]],
    ["a full last page", 200, {}, 200, [100, 100, 100]],
    ["nothing", 0, {}, 0, [100]],
    ["a limit within a page", 250, { limit: 3 }, 3, [3]],
    ["a limit at the end of a page", 250, { limit: 100 }, 100, [100]],
    ["a limit of 0", 250, { limit: 0 }, 0, []],
    ["pages of its own size", 5, { maxResults: 2 }, 5, [2, 2, 2]],
    ["a limit across pages", 250, { limit: 5, maxResults: 2 }, 5, [2, 2, 2]],
  ])("walks through %s", async (_what, total, options, count, sizes) => {
    server.on({ [SEARCH]: pagesOf(total) });
    expect(await collect(options)).toEqual(Array.from({ length: count }, (_, at) => `tr-${at}`));
    expect(server.requests.map(({ body }) => Object(body).max_results)).toEqual(sizes);
  });

  it("asks for no page that nobody wants", async () => {
    server.on({ [SEARCH]: pagesOf(1000) });
    for await (const { traceId } of client.iterateTraces({ experimentIds: ["10"] })) if (traceId === "tr-99") break;
    expect(server.requests).toHaveLength(1);
  });

  it("ends when the server repeats itself", async () => {
    server.on({ [SEARCH]: { traces: [{ trace_id: "tr-1" }], next_page_token: "same" } });
    expect(await collect({})).toEqual(["tr-1", "tr-1"]);
  });

  it("refuses a limit that is none", async () => {
    await expect(collect({ limit: Number.NaN })).rejects.toThrow("limit");
  });
});
