// @ts-check
import { readFileSync } from "node:fs";

/**
 * How many tests of a suite passed and failed.
 * @typedef {{ passed: number, failed: number }} Count
 */

/** @param {unknown} value @param {string} name @returns {number} */
function count(value, name) {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`the report has no ${name}`);
}

/**
 * Counts the tests in the report of `vitest --reporter=json`. A file that failed to load counts as one failure.
 * @param {string} json
 * @returns {Count}
 * @throws {Error} when it is no such report
 */
export function countVitest(json) {
  const report = JSON.parse(json);
  const passed = count(report.numPassedTests, "numPassedTests");
  const failed = count(report.numFailedTests, "numFailedTests");
  /** @type {{ status?: string, assertionResults?: unknown[] }[]} */
  const files = Array.isArray(report.testResults) ? report.testResults : [];
  const unloaded = files.filter((file) => file.status === "failed" && file.assertionResults?.length === 0);
  return { passed, failed: failed + unloaded.length };
}

/**
 * Counts the tests in the report of `playwright test --reporter=json`. Flaky ones passed in the end; errors outside of any
 * test count as a failure each.
 * @param {string} json
 * @returns {Count}
 * @throws {Error} when it is no such report
 */
export function countPlaywright(json) {
  const { stats, errors } = JSON.parse(json);
  const outside = Array.isArray(errors) ? errors.length : 0;
  return {
    passed: count(stats?.expected, "stats.expected") + count(stats?.flaky, "stats.flaky"),
    failed: count(stats?.unexpected, "stats.unexpected") + outside,
  };
}

/**
 * What a test run comes to: its report and its exit code must both agree that all is well.
 * @param {Count | undefined} report undefined when there was none
 * @param {number} exitCode
 * @returns {Count} with at least one failure when the run failed, wrote no report, or ran no test
 */
export function verdict(report, exitCode) {
  if (report === undefined) return { passed: 0, failed: 1 };
  const ranNothing = report.passed + report.failed === 0;
  const silent = exitCode !== 0 && report.failed === 0;
  return { passed: report.passed, failed: report.failed + (ranNothing || silent ? 1 : 0) };
}

/**
 * Reads a report that a test runner wrote.
 * @param {string} path
 * @param {(json: string) => Count} parse
 * @returns {Count | undefined} undefined, and the reason on standard error, when there is none that can be read
 */
export function readReport(path, parse) {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    console.error(`  no report to count: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}
