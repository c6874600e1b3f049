import { readGitMetadata } from "../telemetry/git-metadata.js";
import { defaultDatabricksConfigPath, readDatabricksProfile } from "./databricks-config-file.js";
import { createKubernetesAuth } from "./kubernetes-auth.js";
import type { LocalFiles } from "./local-files.js";

/** Node.js. */
export const files: LocalFiles = {
  defaultDatabricksConfigPath,
  readDatabricksProfile,
  createKubernetesAuth: () => createKubernetesAuth(),
  readGitMetadata: () => readGitMetadata(),
};
