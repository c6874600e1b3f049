import { platform } from "#platform";
import type { AuthProvider } from "./auth/auth-provider.js";
import { type AuthOptions, createAuthProvider } from "./auth/create-auth-provider.js";

/** Options of `init`. */
export interface InitOptions extends Partial<AuthOptions> {
  /** URL of the tracking server. Else `MLFLOW_TRACKING_URI`. */
  trackingUri?: string;
  /** Experiment that the traces go to. Else `MLFLOW_EXPERIMENT_ID`. */
  experimentId?: string;
}

/** Settled options. */
export interface Config extends AuthOptions {
  readonly experimentId: string;
  readonly authProvider: AuthProvider;
}

/**
 * Fills gaps from the environment and checks the result.
 *
 * @throws Error that names the option and the environment variable when one is missing or wrong
 */
export function resolveConfig(options: InitOptions): Config {
  const trackingUri = options.trackingUri ?? platform.readEnvironment("MLFLOW_TRACKING_URI");
  const experimentId = options.experimentId ?? platform.readEnvironment("MLFLOW_EXPERIMENT_ID");
  requireText("trackingUri", "MLFLOW_TRACKING_URI", trackingUri);
  requireText("experimentId", "MLFLOW_EXPERIMENT_ID", experimentId);
  if (!isHttpUrl(trackingUri)) {
    throw new Error(
      `Invalid trackingUri: '${trackingUri}'. It must be an http or https URL, e.g. http://localhost:5000.`,
    );
  }
  const settled = { ...options, trackingUri, experimentId };
  return { ...settled, authProvider: createAuthProvider(settled) };
}

function requireText(option: string, variable: string, value: unknown): asserts value is string {
  if (value === undefined || value === null || value === "") {
    throw new Error(`${option} is missing: pass it to init() or set the environment variable ${variable}.`);
  }
  if (typeof value !== "string") throw new Error(`${option} must be a string, not ${typeof value}.`);
}

function isHttpUrl(text: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
