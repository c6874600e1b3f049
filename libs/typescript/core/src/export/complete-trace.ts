import { getGitMetadata } from "../telemetry/git.js";
import type { FinishedTrace } from "./trace-exporter.js";

/**
 * Adds what takes too long for the program's own path: the cost, whose price table is loaded with the first trace, and where
 * the program's source is.
 */
export async function completeTrace({ trace, isRemote }: FinishedTrace): Promise<void> {
  const { addTraceCost } = await import("../cost/trace-cost.js");
  addTraceCost(trace);
  if (!isRemote) trace.info.traceMetadata = { ...(await getGitMetadata()), ...trace.info.traceMetadata };
}
