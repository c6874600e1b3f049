import { platform } from "#platform";
import type { AuthOptions } from "./auth/create-auth-provider.js";
import { isDatabricksUri } from "./auth/databricks-uri.js";
import type { UcTablePrefix } from "./entities/uc-trace-info.js";
import { requireText } from "./require-text.js";

/** Options of `init`. */
export interface InitOptions extends Partial<AuthOptions> {
  /**
   * `http:` or `https:` URL of the tracking server, or, in Node.js, `databricks` or `databricks://<profile>`. Else
   * `MLFLOW_TRACKING_URI`.
   */
  trackingUri?: string;
  /** Experiment that the traces go to. Else `MLFLOW_EXPERIMENT_ID`. */
  experimentId?: string;
  /** Keeps the traces in tables of Unity Catalog. Databricks only. */
  traceLocation?: UcTablePrefix;
}

/** Options of which the required ones are there and have their type. */
export interface Config extends InitOptions {
  trackingUri: string;
  experimentId: string;
}

/**
 * Fills gaps from the environment and checks the result.
 *
 * @throws Error that names the option and the environment variable when one is missing or wrong
 */
export function resolveConfig(options: InitOptions): Config {
  const trackingUri: unknown = options.trackingUri ?? platform.readEnvironment("MLFLOW_TRACKING_URI");
  const experimentId: unknown = options.experimentId ?? platform.readEnvironment("MLFLOW_EXPERIMENT_ID");
  requireValue("trackingUri", "MLFLOW_TRACKING_URI", trackingUri);
  requireValue("experimentId", "MLFLOW_EXPERIMENT_ID", experimentId);
  requireText("trackingUri", trackingUri);
  requireText("experimentId", experimentId);
  checkTrackingUri(trackingUri);
  return { ...options, trackingUri, experimentId };
}

function requireValue(option: string, variable: string, value: unknown): void {
  if (value === undefined || value === null || value === "") {
    throw new Error(`${option} is missing: pass it to init() or set the environment variable ${variable}.`);
  }
}

function checkTrackingUri(uri: string): void {
  if (isDatabricksUri(uri) || isHttpUrl(uri)) return;
  throw new Error(
    `Invalid trackingUri: '${uri}'. It must be an http or https URL, e.g. http://localhost:5000, or databricks or databricks://<profile>.`,
  );
}

function isHttpUrl(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}
