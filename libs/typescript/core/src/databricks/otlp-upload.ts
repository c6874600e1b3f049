import type { Connection } from "../client/connection.js";
import { requestText } from "../client/http.js";
import { DATABRICKS_UC_TABLE_HEADER } from "../constants.js";
import type { Span } from "../entities/span.js";
import { encodeOtlpRequest } from "./otlp-protobuf.js";

/**
 * Adds spans to a table of Unity Catalog. Open spans are left out; without any other nothing is sent.
 *
 * @param spansTableName full name of the table, `catalog.schema.table`
 * @throws MlflowHttpError, MlflowConnectionError
 */
export async function exportOtlpSpansToUc(
  { base, headers }: Connection,
  spans: readonly Span[],
  spansTableName: string,
): Promise<void> {
  const ended = spans.filter(({ endTime }) => endTime !== null);
  if (ended.length === 0) return;
  const url = `${base}/api/2.0/otel/v1/traces`;
  const special = { "Content-Type": "application/x-protobuf", [DATABRICKS_UC_TABLE_HEADER]: spansTableName };
  await requestText({ method: "POST", url, data: encodeOtlpRequest(ended), headers: special }, headers);
}
