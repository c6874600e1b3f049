import type { KubernetesAuth } from "./kubernetes-auth.js";

/** What only a process with files and a shell can know. In browsers there is nothing of it, and no code for it either. */
export interface LocalFiles {
  /** Where Databricks's tools keep their profiles: `DATABRICKS_CONFIG_FILE`, else `<home>/.databrickscfg`. */
  defaultDatabricksConfigPath(): string | undefined;
  /** The settings of one profile, keys in lower case; `undefined` without such a file or profile. Never throws. */
  readDatabricksProfile(path: string, profile: string): Readonly<Record<string, string>> | undefined;
  /** The credentials of the pod that the process runs in, or of its user's kubeconfig. */
  createKubernetesAuth(): KubernetesAuth;
  /** Commit, branch and repository of the working directory, as trace metadata. Never rejects. */
  readGitMetadata(): Promise<Record<string, string>>;
}
