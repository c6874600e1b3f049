import type { DatabricksAccess } from "./databricks-access.js";
import { refuseDatabricks } from "./refuse-databricks.js";

const refuse = async (): Promise<never> => refuseDatabricks();

/** Browsers and workers: a workspace does not answer to pages of other origins. */
export const databricks: DatabricksAccess = {
  createAuth: refuseDatabricks,
  uploadTraceData: refuse,
  downloadTraceData: refuse,
  exportOtlpSpans: refuse,
};
