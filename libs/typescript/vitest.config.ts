import { defineConfig } from "vitest/config";

/** `mlflow-source` runs the packages from their TypeScript; `module` is left out because OpenTelemetry's files there are for bundlers. */
const conditions = ["mlflow-source", "node", "import", "default"];

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["**/src/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 20_000,
    // Tests must not leave their traces for the next run to send.
    env: { MLFLOW_TRACE_SPILL_DIR: "" },
  },
});
