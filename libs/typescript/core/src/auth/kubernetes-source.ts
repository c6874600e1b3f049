import type { KubernetesAuth } from "./kubernetes-auth.js";

/** Where the credentials of a cluster come from: from files. Browsers have none, and no code for them either. */
export interface KubernetesSource {
  /** The credentials of the pod that the process runs in, or of its user's kubeconfig. */
  createAuth(): KubernetesAuth;
}
