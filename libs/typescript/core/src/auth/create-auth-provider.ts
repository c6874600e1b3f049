import { platform } from "#platform";
import { textToBase64 } from "../ids.js";
import type { AuthProvider } from "./auth-provider.js";

/** Where a self-hosted tracking server is, and the credentials for it. */
export interface AuthOptions {
  /** An `http:` or `https:` URL, which may have a path prefix. */
  trackingUri: string;
  /** Basic authentication; wins over a token. Else `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`. */
  trackingServerUsername?: string | undefined;
  trackingServerPassword?: string | undefined;
  /** Bearer token. Else `MLFLOW_TRACKING_TOKEN`. */
  trackingServerToken?: string | undefined;
  /** Workspace to name in every request; `MLFLOW_WORKSPACE` wins. Servers without workspaces refuse any. */
  workspace?: string | undefined;
}

/** The auth provider for a self-hosted tracking server. The environment is read now, not at each request. */
export function createAuthProvider(options: AuthOptions): AuthProvider {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  const authorization = readAuthorization(options);
  if (authorization !== undefined) headers.Authorization = authorization;
  const workspace = platform.readEnvironment("MLFLOW_WORKSPACE") || options.workspace;
  if (workspace) headers["X-MLFLOW-WORKSPACE"] = workspace;
  return {
    getHost: () => options.trackingUri,
    getHeadersProvider: () => async () => ({ ...headers }),
    getDatabricksToken: () => undefined,
  };
}

function readAuthorization(options: AuthOptions): string | undefined {
  const username = options.trackingServerUsername ?? platform.readEnvironment("MLFLOW_TRACKING_USERNAME");
  const password = options.trackingServerPassword ?? platform.readEnvironment("MLFLOW_TRACKING_PASSWORD");
  if (username && password) return `Basic ${textToBase64(`${username}:${password}`)}`;
  const token = options.trackingServerToken ?? platform.readEnvironment("MLFLOW_TRACKING_TOKEN");
  return token ? `Bearer ${token}` : undefined;
}
