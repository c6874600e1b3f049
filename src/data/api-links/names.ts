import { readFileSync } from "node:fs";
import * as v from "valibot";

const ApiNamesSchema = v.record(v.string(), v.object({ address: v.string(), callable: v.boolean() }));

/**
 * Every name of the TypeScript reference (`mlflow-tracing`, `mlflow-tracing.MlflowClient.searchTraces`): its page and anchor
 * below {@link API_ROUTE}, and whether it is called.
 */
export type ApiNames = v.InferOutput<typeof ApiNamesSchema>;

/** Where the site shows the TypeScript reference. */
export const API_ROUTE = "/api";

/**
 * Reads what the reference's generator wrote.
 *
 * @throws Error when the file is not there or of another form
 */
export function readApiNames(file: string): ApiNames {
  return v.parse(ApiNamesSchema, JSON.parse(readFileSync(file, "utf8")));
}
