import { asList, asNumber, asRecord, asText } from "../json/read.js";
import { type Connection, explained, isNotFound, request, requireText } from "./connection.js";

/** An experiment, as far as tracing needs it. Times are milliseconds since the epoch. */
export interface Experiment {
  experimentId: string;
  name: string;
  tags: Record<string, string>;
  artifactLocation?: string | undefined;
  /** `active` or `deleted`: a deleted experiment can still be read. */
  lifecycleStage?: string | undefined;
  creationTime?: number | undefined;
  lastUpdateTime?: number | undefined;
}

/** Which experiments to look for. */
export interface SearchExperimentsOptions {
  /** Clauses joined by `AND`, e.g. `name LIKE 'docs-%' AND tags.team = 'docs'`. */
  filter?: string | undefined;
  /** 1 to 50000; 1000 by default. */
  maxResults?: number | undefined;
  /** E.g. `["name ASC"]`. */
  orderBy?: readonly string[] | undefined;
  pageToken?: string | undefined;
  /** Active ones by default. */
  viewType?: "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL" | undefined;
}

/** One page. `nextPageToken` is missing on the last one. */
export interface SearchExperimentsResult {
  experiments: Experiment[];
  nextPageToken?: string | undefined;
}

const EXPERIMENTS = "/api/2.0/mlflow/experiments";
const DEFAULT_PAGE = 1000;

/** @returns the id of the new experiment */
export async function createExperiment(
  connection: Connection,
  name: string,
  artifactLocation?: string,
  tags: Readonly<Record<string, string>> = {},
): Promise<string> {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  const body = {
    name: requireText(name, "name"),
    artifact_location: artifactLocation,
    // The server refuses an object, and there is no need for an empty list.
    tags: list.length > 0 ? list : undefined,
  };
  const answer = await explained(request(connection, "POST", `${EXPERIMENTS}/create`, body), ({ errorCode }) =>
    errorCode === "RESOURCE_ALREADY_EXISTS"
      ? `getExperimentByName('${name}') finds it. The name of a deleted experiment is taken too.`
      : undefined,
  );
  const id = asText(asRecord(answer).experiment_id);
  if (!id) throw new Error("The server's answer has no experiment_id");
  return id;
}

/** @returns `null` when there is no such experiment */
export function getExperiment(connection: Connection, experimentId: string): Promise<Experiment | null> {
  return find(connection, `get?experiment_id=${encodeURIComponent(requireText(experimentId, "experimentId"))}`);
}

/** @returns `null` when there is no such experiment */
export function getExperimentByName(connection: Connection, name: string): Promise<Experiment | null> {
  return find(connection, `get-by-name?experiment_name=${encodeURIComponent(requireText(name, "name"))}`);
}

async function find(connection: Connection, query: string): Promise<Experiment | null> {
  try {
    return readExperiment(asRecord(await request(connection, "GET", `${EXPERIMENTS}/${query}`)).experiment);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

export async function searchExperiments(
  connection: Connection,
  options: SearchExperimentsOptions,
): Promise<SearchExperimentsResult> {
  const answer = await request(connection, "POST", `${EXPERIMENTS}/search`, {
    filter: options.filter,
    max_results: options.maxResults ?? DEFAULT_PAGE,
    order_by: options.orderBy,
    page_token: options.pageToken || undefined,
    view_type: options.viewType,
  });
  const { experiments, next_page_token: token } = asRecord(answer);
  return { experiments: asList(experiments).map(readExperiment), nextPageToken: asText(token) || undefined };
}

export async function deleteExperiment(connection: Connection, experimentId: string): Promise<void> {
  await request(connection, "POST", `${EXPERIMENTS}/delete`, {
    experiment_id: requireText(experimentId, "experimentId"),
  });
}

export async function setExperimentTag(
  connection: Connection,
  experimentId: string,
  key: string,
  value: string,
): Promise<void> {
  const body = { experiment_id: requireText(experimentId, "experimentId"), key: requireText(key, "key"), value };
  await request(connection, "POST", `${EXPERIMENTS}/set-experiment-tag`, body);
}

function readExperiment(json: unknown): Experiment {
  const record = asRecord(json);
  const tags = asList(record.tags).map((tag) => [asText(asRecord(tag).key) ?? "", asText(asRecord(tag).value) ?? ""]);
  return {
    experimentId: asText(record.experiment_id) ?? "",
    name: asText(record.name) ?? "",
    tags: Object.fromEntries(tags),
    artifactLocation: asText(record.artifact_location),
    lifecycleStage: asText(record.lifecycle_stage),
    creationTime: asNumber(record.creation_time),
    lastUpdateTime: asNumber(record.last_update_time),
  };
}
