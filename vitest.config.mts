import { defineConfig } from "vitest/config";

/** Our own packages are tested from their sources; `module` is left out, as Node.js does not know it either. */
const conditions = ["mlflow-source", "node", "import", "default"];

/** Unit tests stand beside the code; a file that needs a DOM says so with `@vitest-environment happy-dom`. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["{libs,src,scripts,bench,tests}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/dist/**", "tests/e2e/**"],
    testTimeout: 20_000,
    // Tests must not leave their traces for the next run to send.
    env: { MLFLOW_TRACE_SPILL_DIR: "" },
  },
});
