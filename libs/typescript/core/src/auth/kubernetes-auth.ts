import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Credentials within a cluster. Both methods reject when there are none. */
export interface KubernetesAuth {
  /** Value of the `Authorization` header. */
  authorization(): Promise<string>;
  /** Name of the namespace, which is also the name of the workspace. */
  namespace(): Promise<string>;
}

/** The part of `KubeConfig` of `@kubernetes/client-node` that is used; releases differ in how they spell the method. */
export interface KubeConfigLike {
  loadFromDefault(): void;
  getCurrentContext(): string;
  getContextObject(name: string): { namespace?: string } | null;
  applyToHTTPSOptions?(options: KubeRequestOptions): Promise<void>;
  applytoHTTPSOptions?(options: KubeRequestOptions): Promise<void>;
}

/** Request options that a kubeconfig adds its credentials to. */
export interface KubeRequestOptions {
  headers: Record<string, unknown>;
}

/** Where the credentials come from; tests give their own. */
export interface KubernetesSources {
  /** Folder that a pod's service account is mounted at. */
  mount?: string;
  /** A new, unloaded kubeconfig; rejects when the library for it is not installed. */
  newKubeConfig?: () => Promise<KubeConfigLike>;
  /** Milliseconds, from any origin. */
  now?: () => number;
}

const MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
const CACHE_MS = 60_000;

/** The service account of the pod, else the current context of the kubeconfig. What was found is kept for 60 s. */
export function createKubernetesAuth(sources: KubernetesSources = {}): KubernetesAuth {
  const { mount = MOUNT, newKubeConfig = importKubeConfig, now = () => performance.now() } = sources;
  const find = async (file: string, inKubeConfig: (config: KubeConfigLike) => Promise<string | undefined>) =>
    (await readMounted(join(mount, file))) ?? (await fromKubeConfig(newKubeConfig, inKubeConfig));
  return {
    authorization: cached(now, async () => {
      const token = bearerToken(await find("token", readToken));
      if (token !== undefined) return `Bearer ${token}`;
      throw new Error(`No Kubernetes token found: neither at ${mount} nor in a kubeconfig.`);
    }),
    namespace: cached(now, async () => {
      const name = await find("namespace", readNamespace);
      if (name) return name;
      throw new Error(`No Kubernetes namespace found: neither at ${mount} nor in the current context of a kubeconfig.`);
    }),
  };
}

/** Calls `load` at most once in 60 s, and once for any number of callers at a time. A failure is not kept. */
function cached(now: () => number, load: () => Promise<string>): () => Promise<string> {
  let kept: { value: Promise<string>; since: number } | undefined;
  return () => {
    if (kept && now() - kept.since < CACHE_MS) return kept.value;
    const entry = { value: load(), since: now() };
    entry.value.catch(() => {
      if (kept === entry) kept = undefined;
    });
    kept = entry;
    return entry.value;
  };
}

async function readMounted(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim() || undefined;
  } catch {
    return undefined;
  }
}

async function fromKubeConfig(
  newKubeConfig: () => Promise<KubeConfigLike>,
  read: (config: KubeConfigLike) => Promise<string | undefined>,
): Promise<string | undefined> {
  const config = await newKubeConfig();
  config.loadFromDefault();
  return read(config);
}

async function readToken(config: KubeConfigLike): Promise<string | undefined> {
  const options: KubeRequestOptions = { headers: {} };
  await (config.applyToHTTPSOptions ?? config.applytoHTTPSOptions)?.call(config, options);
  const value = options.headers.Authorization ?? options.headers.authorization;
  return typeof value === "string" ? value : undefined;
}

async function readNamespace(config: KubeConfigLike): Promise<string | undefined> {
  return config.getContextObject(config.getCurrentContext())?.namespace?.trim() || undefined;
}

/** The bare token; `undefined` for another scheme, such as `Basic`, or for what no header may hold. */
function bearerToken(value: string | undefined): string | undefined {
  const token = value?.trim().replace(/^bearer(\s+|$)/i, "");
  return token && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

async function importKubeConfig(): Promise<KubeConfigLike> {
  // Not a literal: bundlers must not look for a library that is optional.
  const name = ["@kubernetes", "client-node"].join("/");
  try {
    const { KubeConfig } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as {
      KubeConfig: new () => KubeConfigLike;
    };
    return new KubeConfig();
  } catch (error) {
    throw new Error(
      `This process has no service account, and reading a kubeconfig needs ${name}: npm install ${name}`,
      {
        cause: error,
      },
    );
  }
}
