import { files } from "#files";
import { platform } from "#platform";
import type { AuthProvider } from "./auth/auth-provider.js";
import { type AuthOptions, createAuthProvider } from "./auth/create-auth-provider.js";
import { isDatabricksUri } from "./auth/databricks-uri.js";
import { warn } from "./diagnostics.js";
import type { UcTablePrefix } from "./entities/uc-trace-info.js";

/** Options of `init`. */
export interface InitOptions extends Partial<AuthOptions> {
  /** `http:` or `https:` URL of the tracking server, `databricks` or `databricks://<profile>`. Else `MLFLOW_TRACKING_URI`. */
  trackingUri?: string;
  /** Experiment that the traces go to. Else `MLFLOW_EXPERIMENT_ID`. */
  experimentId?: string;
  /** Keeps the traces in tables of Unity Catalog. Databricks only. */
  traceLocation?: UcTablePrefix;
}

/** Settled options. */
export interface Config extends AuthOptions {
  readonly trackingUri: string;
  readonly experimentId: string;
  /** Base URL of every request. */
  readonly host: string;
  readonly databricksConfigPath: string | undefined;
  readonly databricksToken: string | undefined;
  readonly traceLocation?: UcTablePrefix | undefined;
  readonly authProvider: AuthProvider;
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
  checkTraceLocation(trackingUri, options.traceLocation);
  const authProvider = createAuthProvider({ ...options, trackingUri });
  return {
    ...options,
    trackingUri,
    experimentId,
    databricksConfigPath: options.databricksConfigPath || files.defaultDatabricksConfigPath(),
    host: authProvider.getHost(),
    databricksToken: authProvider.getDatabricksToken(),
    authProvider,
  };
}

let current: Config | undefined;

/** Makes a settled configuration the one of the process; `undefined` forgets it. */
export function setConfig(config: Config | undefined): void {
  current = config;
}

/** @throws Error before `init` */
export function getConfig(): Config {
  if (!current) throw new Error("MLflow Tracing is not initialised: call init() first.");
  return current;
}

/** @throws Error before `init` */
export function getAuthProvider(): AuthProvider {
  return getConfig().authProvider;
}

function requireValue(option: string, variable: string, value: unknown): void {
  if (value === undefined || value === null || value === "") {
    throw new Error(`${option} is missing: pass it to init() or set the environment variable ${variable}.`);
  }
}

function requireText(option: string, value: unknown): asserts value is string {
  if (typeof value !== "string") throw new Error(`${option} must be a string, not ${typeof value}.`);
}

function checkTrackingUri(uri: string): void {
  if (isDatabricksUri(uri) || isHttpUrl(uri)) return;
  throw new Error(
    `Invalid trackingUri: '${uri}'. It must be an http or https URL, e.g. http://localhost:5000, or databricks or databricks://<profile>.`,
  );
}

function checkTraceLocation(trackingUri: string, location: UcTablePrefix | undefined): void {
  if (location === undefined || location === null) return;
  for (const field of ["catalogName", "schemaName", "tablePrefix"] as const) {
    const value: unknown = location[field];
    if (typeof value !== "string" || value === "")
      throw new Error(`traceLocation.${field} must be a non-empty string.`);
  }
  if (!isDatabricksUri(trackingUri)) {
    warn(`traceLocation needs a Databricks tracking URI; the server at ${trackingUri} may refuse the traces`);
  }
}

function isHttpUrl(text: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
