const PREFIX = "databricks://";

/** Whether a tracking URI names a Databricks workspace: `databricks` or `databricks://<profile>`. */
export function isDatabricksUri(uri: string): boolean {
  return uri === "databricks" || uri.startsWith(PREFIX);
}

/** The profile in a Databricks tracking URI; `undefined` when it names none. */
export function parseDatabricksProfile(uri: string): string | undefined {
  return (uri.startsWith(PREFIX) && uri.slice(PREFIX.length)) || undefined;
}
