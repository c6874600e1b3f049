/** Names of `TraceInfo`'s fields, in JSON and in this SDK, and what the server calls them in filters and orders. */
const SERVER_NAMES: Readonly<Record<string, string>> = {
  request_time: "timestamp_ms",
  requestTime: "timestamp_ms",
  execution_duration: "execution_time_ms",
  executionDuration: "execution_time_ms",
  state: "status",
  trace_id: "request_id",
  traceId: "request_id",
  clientRequestId: "client_request_id",
};

/** A string, an identifier in backticks, or a dotted name that is not a part of another one. */
const TOKEN = /'[^']*'|"[^"]*"|`[^`]*`|[\w.`"-]+/g;
const FIELD = new RegExp(`^((?:attributes?|trace)\\.)?(${Object.keys(SERVER_NAMES).join("|")})$`);

/**
 * A filter or an order clause in the server's names. Only names of fields are replaced, bare or behind `attributes.` or
 * `trace.`: not texts in quotes, and not keys such as `tags.state`.
 *
 * @example toServerNames("request_time DESC") // "timestamp_ms DESC"
 */
export function toServerNames(clause: string): string {
  return clause.replace(TOKEN, (token) => {
    const [, entity = "", field = ""] = FIELD.exec(token) ?? [];
    return field === "" ? token : entity + SERVER_NAMES[field];
  });
}
