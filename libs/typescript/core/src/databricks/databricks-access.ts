import type { AuthProvider } from "../auth/auth-provider.js";
import type { DatabricksAuthOptions } from "../auth/databricks-auth.js";
import type { Connection } from "../client/connection.js";
import type { Span } from "../entities/span.js";
import type { TraceData } from "../entities/trace-data.js";
import type { TraceInfo } from "../entities/trace-info.js";

/** What a Databricks workspace has that a tracking server has not. Pages of other origins may not call any of it. */
export interface DatabricksAccess {
  /** @throws Error when no host is found, and always in browsers */
  createAuth(options: DatabricksAuthOptions): AuthProvider;
  /** Stores the spans of a trace at the workspace's cloud provider. */
  uploadTraceData(connection: Connection, info: Pick<TraceInfo, "traceId">, data: TraceData): Promise<void>;
  /** The spans of a trace from there; in Node.js none, and a warning, when they cannot be had. */
  downloadTraceData(connection: Connection, traceId: string): Promise<TraceData>;
  /** Adds spans to a table of Unity Catalog, `catalog.schema.table`. */
  exportOtlpSpans(connection: Connection, spans: readonly Span[], spansTableName: string): Promise<void>;
}
