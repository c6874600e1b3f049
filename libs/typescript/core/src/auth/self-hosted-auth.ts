import { kubernetes } from "#kubernetes";
import { platform } from "#platform";
import { warn } from "../diagnostics.js";
import { textToBase64 } from "../ids.js";
import type { AuthProvider } from "./auth-provider.js";
import type { KubernetesAuth } from "./kubernetes-auth.js";

/** Where a self-hosted tracking server is, and the credentials for it. */
export interface SelfHostedAuthOptions {
  /** An `http:` or `https:` URL, which may have a path prefix. */
  trackingUri: string;
  /** Basic authentication; wins over a token. Else `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`. */
  trackingServerUsername?: string | undefined;
  trackingServerPassword?: string | undefined;
  /** Bearer token. Else `MLFLOW_TRACKING_TOKEN`, else what `MLFLOW_TRACKING_AUTH` names. */
  trackingServerToken?: string | undefined;
  /** Workspace to name in every request; `MLFLOW_WORKSPACE` wins. Servers without workspaces refuse any. */
  workspace?: string | undefined;
}

const WORKSPACE_HEADER = "X-MLFLOW-WORKSPACE";

/** The auth provider of a self-hosted server. The environment is read now, for Kubernetes' workspace at each request. */
export function createSelfHostedAuth(options: SelfHostedAuthOptions): AuthProvider {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  const authorization = readAuthorization(options);
  if (authorization !== undefined) headers.Authorization = authorization;
  const workspace = readWorkspace(options);
  if (workspace) headers[WORKSPACE_HEADER] = workspace;
  const cluster = authorization === undefined ? readKubernetes() : undefined;
  return {
    getHost: () => options.trackingUri,
    getHeadersProvider: () => async () =>
      cluster ? { ...headers, ...(await kubernetesHeaders(cluster, options)) } : { ...headers },
    getDatabricksToken: () => undefined,
  };
}

function readAuthorization(options: SelfHostedAuthOptions): string | undefined {
  const username = options.trackingServerUsername ?? platform.readEnvironment("MLFLOW_TRACKING_USERNAME");
  const password = options.trackingServerPassword ?? platform.readEnvironment("MLFLOW_TRACKING_PASSWORD");
  if (username && password) return `Basic ${textToBase64(`${username}:${password}`)}`;
  const token = options.trackingServerToken ?? platform.readEnvironment("MLFLOW_TRACKING_TOKEN");
  return token ? `Bearer ${token}` : undefined;
}

function readWorkspace({ workspace }: SelfHostedAuthOptions): string | undefined {
  return platform.readEnvironment("MLFLOW_WORKSPACE") || workspace;
}

interface KubernetesMode {
  readonly auth: KubernetesAuth;
  /** Whether the namespace names the workspace. */
  readonly namespaced: boolean;
}

function readKubernetes(): KubernetesMode | undefined {
  const method = platform.readEnvironment("MLFLOW_TRACKING_AUTH");
  if (!method) return undefined;
  if (method !== "kubernetes" && method !== "kubernetes-namespaced") {
    warn(`MLFLOW_TRACKING_AUTH=${method} is ignored: only kubernetes and kubernetes-namespaced are known`);
    return undefined;
  }
  return { auth: kubernetes.createAuth(), namespaced: method === "kubernetes-namespaced" };
}

async function kubernetesHeaders(
  { auth, namespaced }: KubernetesMode,
  options: SelfHostedAuthOptions,
): Promise<Record<string, string>> {
  const headers = { Authorization: await auth.authorization() };
  const workspace = readWorkspace(options) || (namespaced ? await auth.namespace() : undefined);
  return workspace ? { ...headers, [WORKSPACE_HEADER]: workspace } : headers;
}
