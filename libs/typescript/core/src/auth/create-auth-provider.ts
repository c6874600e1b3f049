import { databricks } from "#databricks";
import type { AuthProvider } from "./auth-provider.js";
import type { DatabricksAuthOptions } from "./databricks-auth.js";
import { isDatabricksUri } from "./databricks-uri.js";
import { createSelfHostedAuth, type SelfHostedAuthOptions } from "./self-hosted-auth.js";

/** Where a tracking server is, self-hosted or Databricks, and the credentials for it. */
export interface AuthOptions extends SelfHostedAuthOptions, DatabricksAuthOptions {
  /** An `http:` or `https:` URL, `databricks` or `databricks://<profile>`. */
  trackingUri: string;
}

/**
 * The auth provider for a tracking server.
 *
 * @throws Error for Databricks without a host, and for any Databricks in browsers
 * @example
 * const headers = createAuthProvider({ trackingUri: "http://localhost:5000" }).getHeadersProvider();
 * await fetch(url, { headers: await headers() });
 */
export function createAuthProvider(options: AuthOptions): AuthProvider {
  return isDatabricksUri(options.trackingUri) ? databricks.createAuth(options) : createSelfHostedAuth(options);
}
