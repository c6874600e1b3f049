import type { LocalFiles } from "./local-files.js";

const noServiceAccount = async (): Promise<never> => {
  throw new Error("MLFLOW_TRACKING_AUTH=kubernetes needs Node.js: browsers cannot read a service account.");
};

/** Browsers and workers. */
export const files: LocalFiles = {
  defaultDatabricksConfigPath: () => undefined,
  readDatabricksProfile: () => undefined,
  createKubernetesAuth: () => ({ authorization: noServiceAccount, namespace: noServiceAccount }),
  readGitMetadata: async () => ({}),
};
