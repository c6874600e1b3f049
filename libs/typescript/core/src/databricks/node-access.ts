import { createDatabricksAuth } from "../auth/databricks-auth.js";
import type { DatabricksAccess } from "./databricks-access.js";

/** Node.js. What is not needed to begin with is loaded when it is needed. */
export const databricks: DatabricksAccess = {
  createAuth: createDatabricksAuth,
  uploadTraceData: async (...args) => (await import("./trace-artifacts.js")).uploadDatabricksTraceData(...args),
  downloadTraceData: async (...args) => (await import("./trace-artifacts.js")).downloadDatabricksTraceData(...args),
  exportOtlpSpans: async (...args) => (await import("./otlp-upload.js")).exportOtlpSpansToUc(...args),
};
