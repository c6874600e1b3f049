import { defineConfig } from "vitest/config";

/** Unit tests stand beside the code; a file that needs a DOM says so with `@vitest-environment happy-dom`. */
export default defineConfig({
  resolve: { conditions: ["source", "node", "import", "module", "default"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "module", "default"] } },
  test: {
    include: ["{libs,src,scripts,bench,tests}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/dist/**", "tests/e2e/**"],
    testTimeout: 20_000,
  },
});
