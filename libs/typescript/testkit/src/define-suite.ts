import type { Check } from "./check.js";
import { CHECKS } from "./checks/index.js";
import { formatProblems } from "./format-report.js";
import type { Integration } from "./integration.js";
import { runCheck, skipReason, type TestkitOptions, validate } from "./run-testkit.js";

/** What a test runner has: vitest, Jest, `node:test` and the like. */
export interface TestRunner {
  /** Defines a group of tests; `define` is called at once. */
  describe(name: string, define: () => void): unknown;
  it: TestFunction;
}

interface TestFunction {
  (name: string, test: () => Promise<void>): unknown;
  /** Shows a test without running it. */
  skip?(name: string, test: () => Promise<void>): unknown;
}

/**
 * Defines a test for each check, in any test runner. Checks that are skipped have the reason in their name. The tests must
 * not run at the same time as others in the same process that use the SDK.
 *
 * @throws Error like `runTestkit`
 * @example defineTestkitSuite(anthropic, { describe, it });
 */
export function defineTestkitSuite<Client>(
  integration: Integration<Client>,
  { describe, it }: TestRunner,
  options: Omit<TestkitOptions, "onCheck"> = {},
): void {
  validate(integration);
  describe(`${integration.name}: conformance`, () => {
    for (const check of options.checks ?? CHECKS) defineTest(check, integration, it, options);
  });
}

function defineTest<Client>(
  check: Check,
  integration: Integration<Client>,
  it: TestFunction,
  options: TestkitOptions,
): void {
  const name = `${check.id}: ${check.title}`;
  const reason = skipReason(check, integration);
  if (reason !== undefined) {
    it.skip?.(`${name} (skipped: ${reason})`, async () => {});
    return;
  }
  it(name, async () => {
    const { outcome, why } = await runCheck(check, integration, options);
    if (outcome.status === "fail") throw new Error(`${why}\n${formatProblems(outcome.problems)}`);
  });
}
