import { platform } from "#platform";
import type { AuthProvider } from "./auth-provider.js";
import { defaultDatabricksConfigPath, readDatabricksProfile } from "./databricks-config-file.js";
import { parseDatabricksProfile } from "./databricks-uri.js";

/** Where a Databricks workspace is, and the credentials for it. */
export interface DatabricksAuthOptions {
  /** `databricks` or `databricks://<profile>`. */
  trackingUri: string;
  /** URL of the workspace. Else `DATABRICKS_HOST`, else the profile's. */
  host?: string | undefined;
  /** Personal access token. Else `DATABRICKS_TOKEN`, else the profile's. */
  databricksToken?: string | undefined;
  /** File of the profiles. Else `DATABRICKS_CONFIG_FILE`, else `<home>/.databrickscfg`. */
  databricksConfigPath?: string | undefined;
}

type Profile = Readonly<Record<string, string>>;

/**
 * The auth provider of a Databricks workspace. The host is settled now; credentials are looked up at each request, so that
 * rotated ones are picked up: a token, else OAuth with `DATABRICKS_CLIENT_ID` and `DATABRICKS_CLIENT_SECRET` or the
 * profile's. A profile's credentials go to that profile's host only.
 *
 * @throws Error when no host is found, or it is no URL
 */
export function createDatabricksAuth(options: DatabricksAuthOptions): AuthProvider {
  const host = findHost(options);
  const profile = (): Profile => {
    const found = readProfile(options);
    return found?.host && originOf(found.host) === host ? found : {};
  };
  const staticToken = (settings: Profile): string | undefined =>
    options.databricksToken || platform.readEnvironment("DATABRICKS_TOKEN") || settings.token || undefined;
  const oauth = createOauth(host);
  return {
    getHost: () => host,
    getDatabricksToken: () => staticToken(profile()),
    getHeadersProvider: () => async () => {
      const settings = profile();
      const token = staticToken(settings) ?? (await oauth(settings));
      return { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
    },
  };
}

function findHost(options: DatabricksAuthOptions): string {
  const named = options.host || platform.readEnvironment("DATABRICKS_HOST") || readProfile(options)?.host;
  if (!named) {
    const profile = profileName(options.trackingUri);
    const path = configPath(options);
    throw new Error(
      "Databricks host not found: set the option host, the environment variable DATABRICKS_HOST" +
        `${path ? `, or host in the section [${profile}] of ${path}` : ""}.`,
    );
  }
  const origin = originOf(named);
  if (!origin)
    throw new Error(`Invalid Databricks host: '${named}'. It must be a URL, e.g. https://<workspace>.example.`);
  return origin;
}

function readProfile(options: DatabricksAuthOptions): Profile | undefined {
  const path = configPath(options);
  return path ? readDatabricksProfile(path, profileName(options.trackingUri)) : undefined;
}

function configPath({ databricksConfigPath }: DatabricksAuthOptions): string | undefined {
  return databricksConfigPath || defaultDatabricksConfigPath();
}

function profileName(trackingUri: string): string {
  return parseDatabricksProfile(trackingUri) || platform.readEnvironment("DATABRICKS_CONFIG_PROFILE") || "DEFAULT";
}

/** Scheme and authority of a workspace's URL, which may lack the scheme or have a path or query. */
function originOf(host: string): string | undefined {
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(host) ? host : `https://${host}`);
    return url.protocol === "https:" || url.protocol === "http:" ? url.origin : undefined;
  } catch {
    return undefined;
  }
}

/** Gives tokens by OAuth, from one source for as long as the service principal stays the same. */
function createOauth(host: string): (settings: Profile) => Promise<string> {
  let current: { key: string; source: Promise<() => Promise<string>> } | undefined;
  return async (settings) => {
    const clientId = platform.readEnvironment("DATABRICKS_CLIENT_ID") || settings.client_id;
    const clientSecret = platform.readEnvironment("DATABRICKS_CLIENT_SECRET") || settings.client_secret;
    if (!clientId || !clientSecret) {
      throw new Error(
        `No Databricks credentials for ${host}: set DATABRICKS_TOKEN, or DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET, or a profile.`,
      );
    }
    const key = JSON.stringify([clientId, clientSecret]);
    if (current?.key !== key) {
      const credentials = { url: `${host}/oidc/v1/token`, clientId, clientSecret };
      // Loaded on demand: most programs use a token.
      current = {
        key,
        source: import("./client-credentials.js").then((module) => module.createTokenSource(credentials)),
      };
    }
    return (await current.source)();
  };
}
