import { setTimeout as pause } from "node:timers/promises";
import { runCase, type Stage } from "./stage";

const PLANTED = ["planted error", "planted warning", "planted throw", "planted rejection"];

/** How long a browser may take to tell what it noted. */
const SETTLING_MS = 500;

/** The control of every "no problem was noted": planted ones must be, by the program's watch and by the browser's own. */
export async function checkWatch(stage: Stage): Promise<string[]> {
  const page = await runCase(stage, { program: "faulty", variant: "native" });
  await pause(SETTLING_MS);
  const byBrowser = stage.session.problems ? unnoticed("the browser", page.noted) : [];
  const worker = await runCase(stage, { program: "faulty", variant: "native", scope: "worker" });
  await pause(SETTLING_MS);
  worker.noted.splice(0);
  return [...byBrowser, ...unnoticed("a page", page.report.problems), ...unnoticed("a worker", worker.report.problems)];
}

/** What was noted after the last check, if anything. */
export async function checkRemainder({ session }: Stage): Promise<string[]> {
  await pause(SETTLING_MS);
  return [...(session.problems ?? [])];
}

function unnoticed(who: string, problems: readonly string[]): string[] {
  return PLANTED.filter((text) => !problems.some((problem) => problem.includes(text))).map(
    (text) => `${who} did not notice a ${text}`,
  );
}
