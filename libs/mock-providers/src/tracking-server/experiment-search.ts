import { invalid } from "./error";
import type { Experiment } from "./experiments";

const MOST_RESULTS = 50_000;

interface SearchQuery {
  readonly maxResults: number;
  readonly filter: string;
  readonly orderBy: readonly string[];
  readonly pageToken: string;
}

/** One page of experiments. Filters: `name`, with `=`, `!=`, `LIKE`, `ILIKE`; order: `name`, `experiment_id`, times. */
export function searchExperiments(
  experiments: readonly Experiment[],
  query: SearchQuery,
): { experiments: Experiment[]; nextPageToken?: string } {
  checkLimit(query.maxResults);
  const accept = parseFilter(query.filter);
  const active = experiments.filter((experiment) => !experiment.deleted && accept(experiment));
  const sorted = active.reverse().sort(parseOrder(query.orderBy[0] ?? "creation_time DESC"));
  const offset = readToken(query.pageToken);
  const page = sorted.slice(offset, offset + query.maxResults);
  const end = offset + page.length;
  return end < sorted.length ? { experiments: page, nextPageToken: btoa(`{"offset": ${end}}`) } : { experiments: page };
}

function checkLimit(maxResults: number): void {
  const start = `Invalid value ${maxResults} for parameter 'max_results' supplied.`;
  if (maxResults <= 0) throw invalid(`${start} It must be a positive integer`);
  if (maxResults > MOST_RESULTS) throw invalid(`${start} It must be at most ${MOST_RESULTS}`);
}

function parseFilter(filter: string): (experiment: Experiment) => boolean {
  if (filter.trim() === "") return () => true;
  const match = /^\s*(?:attributes?\.)?name\s*(=|!=|LIKE|ILIKE)\s*(?:'([^']*)'|"([^"]*)")\s*$/i.exec(filter);
  if (!match) throw invalid(`Invalid clause(s) in filter string: ${filter}`);
  const operator = (match[1] ?? "").toUpperCase();
  const value = match[2] ?? match[3] ?? "";
  if (operator === "=") return ({ name }) => name === value;
  if (operator === "!=") return ({ name }) => name !== value;
  const pattern = new RegExp(`^${likePattern(value)}$`, operator === "ILIKE" ? "isu" : "su");
  return ({ name }) => pattern.test(name);
}

function likePattern(value: string): string {
  return value
    .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
}

function parseOrder(clause: string): (left: Experiment, right: Experiment) => number {
  const [column = "", direction = "ASC"] = clause.trim().split(/\s+/);
  const key = ORDER_KEYS[column.replace(/^attributes?\./, "")];
  if (!key) throw invalid(`Invalid order_by entity: ${clause}`);
  const sign = direction.toUpperCase() === "DESC" ? -1 : 1;
  return (left, right) => {
    const [a, b] = [key(left), key(right)];
    if (a === b) return 0;
    return a < b ? -sign : sign;
  };
}

const ORDER_KEYS: Readonly<Record<string, (experiment: Experiment) => string | number>> = {
  name: ({ name }) => name,
  experiment_id: ({ id }) => Number(id),
  creation_time: ({ createdMs }) => createdMs,
  last_update_time: ({ updatedMs }) => updatedMs,
};

function readToken(token: string): number {
  if (token === "") return 0;
  try {
    const { offset } = JSON.parse(atob(token)) as { offset?: unknown };
    if (typeof offset === "number" && offset >= 0) return offset;
  } catch {
    // Falls through to the one error.
  }
  throw invalid("Invalid page token, could not base64-decode");
}
