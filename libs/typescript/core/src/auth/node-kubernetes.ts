import { createKubernetesAuth } from "./kubernetes-auth.js";
import type { KubernetesSource } from "./kubernetes-source.js";

/** Node.js. */
export const kubernetes: KubernetesSource = { createAuth: () => createKubernetesAuth() };
