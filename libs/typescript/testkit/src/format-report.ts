import type { CheckReport, Problem, Report } from "./outcome.js";

const MARKS = { pass: "ok  ", fail: "FAIL", skip: "skip" } as const;

/**
 * A report as text, one line for each check, with what was expected and seen below those that failed.
 *
 * @example console.log(formatReport(await runTestkit(anthropic)));
 */
export function formatReport({ integration, counts, checks }: Report): string {
  const summary = `${integration}: ${counts.pass} passed, ${counts.fail} failed, ${counts.skip} skipped`;
  return [summary, ...checks.map(formatCheck)].join("\n");
}

function formatCheck({ id, title, why, outcome }: CheckReport): string {
  const line = `${MARKS[outcome.status]} ${id}: ${title}`;
  if (outcome.status === "skip") return `${line} (${outcome.reason})`;
  return outcome.status === "pass" ? line : [line, `     ${why}`, formatProblems(outcome.problems)].join("\n");
}

/** Each problem with what was expected and seen. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map(
      ({ call, what, expected, seen }) => `     ${call}, ${what}\n       expected ${expected}\n       seen     ${seen}`,
    )
    .join("\n");
}
