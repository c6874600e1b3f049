import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const conditions = ["mlflow-source", "node", "import", "default"];
const VOLUME = "volume.mlflow.ts";

/** What both groups have in common. */
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
};
const settings = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  // Traces must not be left for the next run to send, and must not differ with the checkout.
  env: { MLFLOW_TRACE_SPILL_DIR: "", MLFLOW_DISABLE_GIT_METADATA: "true" },
};

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    maxWorkers: 2,
    projects: [
      {
        ...shared,
        test: {
          ...settings,
          name: "round trips",
          include: ["*.mlflow.ts"],
          exclude: [VOLUME],
          sequence: { groupOrder: 0 },
        },
      },
      // Alone and last, for the sake of its figures.
      { ...shared, test: { ...settings, name: "volume", include: [VOLUME], sequence: { groupOrder: 1 } } },
    ],
  },
});
