import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHECKS, type CheckId, type Integration, runTestkit } from "./index.js";
import { MISTAKES } from "./testing/broken/index.js";
import { rememberKey } from "./testing/broken/shape.js";
import { ToyClient } from "./testing/toy-client.js";
import { toyIntegration } from "./testing/traced-toy.js";

/** Checks that failed, of those that are to find a mistake. */
async function failing(wrap: (client: ToyClient) => ToyClient, ids: readonly CheckId[]): Promise<string[]> {
  const integration: Integration<ToyClient> = {
    ...toyIntegration(wrap),
    createClient(options) {
      const client = new ToyClient(options);
      rememberKey(client, options.apiKey);
      return client;
    },
  };
  const checks = CHECKS.filter(({ id }) => ids.includes(id));
  const report = await runTestkit(integration, { checks, timeoutMs: 1_500 });
  return report.checks.filter(({ outcome }) => outcome.status === "fail").map(({ id }) => id);
}

describe("negative controls", () => {
  // The test runner takes unhandled rejections for failures of its own, and here they are wanted.
  const listeners = process.listeners("unhandledRejection");
  const ignore = (): void => {};
  beforeAll(() => void process.removeAllListeners("unhandledRejection").on("unhandledRejection", ignore));
  afterAll(() => {
    process.off("unhandledRejection", ignore);
    for (const listener of listeners) process.on("unhandledRejection", listener);
  });

  it.each(MISTAKES)("finds an integration with this mistake: $mistake", async ({ wrap, found }) => {
    expect(await failing(wrap, found)).toEqual(CHECKS.map(({ id }) => id).filter((id) => found.includes(id)));
  });

  it("have one for each check at least", () => {
    const covered = new Set(MISTAKES.flatMap(({ found }) => found));
    expect(CHECKS.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});
