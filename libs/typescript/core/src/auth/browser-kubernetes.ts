import type { KubernetesSource } from "./kubernetes-source.js";

const noServiceAccount = async (): Promise<never> => {
  throw new Error("MLFLOW_TRACKING_AUTH=kubernetes needs Node.js: browsers cannot read a service account.");
};

/** Browsers and workers. */
export const kubernetes: KubernetesSource = {
  createAuth: () => ({ authorization: noServiceAccount, namespace: noServiceAccount }),
};
