import type { Check } from "./check.js";
import { CHECKS } from "./checks/index.js";
import type { Integration } from "./integration.js";
import type { CheckReport, Outcome, Report } from "./outcome.js";

/** Time that one run of a call may take, in ms. */
const DEFAULT_TIMEOUT_MS = 5_000;

/** Which checks to run, and how. */
export interface TestkitOptions {
  /** By default all. */
  readonly checks?: readonly Check[];
  /** Milliseconds that one run of a call may take; 5,000 by default. */
  readonly timeoutMs?: number;
  /** Told of each check when it is over. */
  onCheck?(report: CheckReport): void;
}

/**
 * Runs the checks one after the other. Each of them calls `init` with an exporter in memory and `shutdown` afterwards, so
 * that the SDK is not initialised when this resolves; run nothing else that is traced meanwhile. Checks that are not to
 * hold, or have nothing to look at, are skipped with the reason. Never rejects because of the integration.
 *
 * @throws Error when `skip` names a check that does not exist, two calls have one name, or the kit is running already
 * @example
 * const report = await runTestkit(anthropic);
 * if (!report.passed) console.error(formatReport(report));
 */
export async function runTestkit<Client>(
  integration: Integration<Client>,
  options: TestkitOptions = {},
): Promise<Report> {
  validate(integration);
  const reports: CheckReport[] = [];
  for (const check of options.checks ?? CHECKS) {
    const report = await runCheck(check, integration, options);
    reports.push(report);
    options.onCheck?.(report);
  }
  const count = (status: Outcome["status"]): number =>
    reports.filter(({ outcome }) => outcome.status === status).length;
  const counts = { pass: count("pass"), fail: count("fail"), skip: count("skip") };
  return { integration: integration.name, passed: counts.fail === 0, counts, checks: reports };
}

/**
 * Runs one check; like {@link runTestkit}, but does not look whether the integration's description can be meant.
 *
 * @throws Error when the kit is running already
 * @example
 * for (const check of CHECKS) {
 *   const { id, outcome, durationMs } = await runCheck(check, anthropic, { timeoutMs: 10_000 });
 *   console.log(id, outcome.status, `${Math.round(durationMs)} ms`);
 * }
 */
export async function runCheck<Client>(
  check: Check,
  integration: Integration<Client>,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: Pick<TestkitOptions, "timeoutMs"> = {},
): Promise<CheckReport> {
  if (isRunning) throw new Error("The testkit is running already, and can check one thing at a time");
  isRunning = true;
  try {
    return await runAlone(check, integration, timeoutMs);
  } finally {
    isRunning = false;
  }
}

/** Traces are captured by way of the SDK's one `init`. */
let isRunning = false;

async function runAlone<Client>(
  check: Check,
  integration: Integration<Client>,
  timeoutMs: number,
): Promise<CheckReport> {
  const { id, title, why } = check;
  const started = performance.now();
  const subject = integration as Integration<never>;
  const reason = skipReason(check, integration);
  const outcome: Outcome =
    reason === undefined ? await check.run({ integration: subject, timeoutMs }) : { status: "skip", reason };
  return { id, title, why, outcome, durationMs: performance.now() - started };
}

/** Why a check is not run; `undefined` when it is. */
export function skipReason<Client>(check: Check, integration: Integration<Client>): string | undefined {
  const reasons: Readonly<Record<string, string | undefined>> = integration.skip ?? {};
  return reasons[check.id] ?? check.notApplicable(integration as Integration<never>);
}

/** @throws Error for a description that cannot be meant */
export function validate<Client>({ name, calls, skip = {} }: Integration<Client>): void {
  const known: ReadonlySet<string> = new Set(CHECKS.map(({ id }) => id));
  const unknown = Object.keys(skip).filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Error(`${name}: skip names checks that do not exist: ${unknown.join(", ")}`);
  const names = calls.map((call) => call.name);
  const twice = names.filter((call, at) => names.indexOf(call) !== at);
  if (twice.length > 0) throw new Error(`${name}: calls need names of their own: ${twice.join(", ")}`);
  if (calls.length === 0) throw new Error(`${name}: there is no call to check`);
}
