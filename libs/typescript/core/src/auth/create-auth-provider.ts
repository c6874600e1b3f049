import type { AuthProvider } from "./auth-provider.js";
import { createDatabricksAuth, type DatabricksAuthOptions } from "./databricks-auth.js";
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
 * @throws Error for Databricks without a host
 * @example
 * const headers = createAuthProvider({ trackingUri: "http://localhost:5000" }).getHeadersProvider();
 * await fetch(url, { headers: await headers() });
 */
export function createAuthProvider(options: AuthOptions): AuthProvider {
  return isDatabricksUri(options.trackingUri) ? createDatabricksAuth(options) : createSelfHostedAuth(options);
}
