import { setTimeout as pause } from "node:timers/promises";
import type { BrowserSession } from "../../scripts/browsers/browser";
import { scriptPath, type Variant } from "./bundles";
import type { PageServer } from "./page-server";
import type { ProgramReport } from "./programs/report";
import type { Received, Receiver } from "./receiver";

/** Where programs run: a browser, the server of their pages, and the one that receives their traces. */
export interface Stage {
  readonly session: BrowserSession;
  readonly pages: PageServer;
  readonly receiver: Receiver;
}

/** One run of a program. */
export interface Case {
  readonly program: string;
  readonly variant: Variant;
  readonly scope?: "page" | "worker";
  /** Whether the program installs our `AsyncLocalStorage`, where it has the choice. */
  readonly storage?: "installed" | "none";
  readonly mode?: string;
  /** OTLP requests that the tracking server leaves without an answer. */
  readonly hold?: number;
}

export interface Outcome {
  readonly report: ProgramReport;
  /** Grows when more arrives. */
  readonly received: Received;
  /** What the browser itself has noted and nobody has taken yet; grows too. */
  readonly noted: string[];
}

let cases = 0;

/** Runs a program; resolves when it has reported. @throws Error when it does not in time */
export async function runCase({ session, pages, receiver }: Stage, options: Case): Promise<Outcome> {
  const { program, variant, scope = "page", storage = "none", mode = "", hold = 0 } = options;
  const id = `${program}-${++cases}`;
  const tracking = receiver.open(id, hold);
  const query = new URLSearchParams({
    script: scriptPath(program, variant),
    case: id,
    tracking,
    scope,
    storage,
    mode,
  });
  const [report] = await Promise.all([pages.report(id), session.open(`${pages.origin}/?${query}`)]);
  return { report, received: receiver.received(id), noted: session.problems ?? [] };
}

/** What the program reported. @throws Error with the program's failure */
export function reportedValue<T>({ report }: Outcome): T {
  if (report.failure !== undefined) throw new Error(report.failure);
  return report.value as T;
}

/** Every problem that was noted, which is then taken: what comes later counts for the next who asks. */
export function takeProblems({ report, noted }: Outcome): string[] {
  return [...new Set([...report.problems, ...noted.splice(0)])];
}

/** Waits until `isDone`, but not longer than `ms`. @returns whether it is */
export async function waitFor(ms: number, isDone: () => boolean): Promise<boolean> {
  for (const end = performance.now() + ms; !isDone() && performance.now() < end; ) await pause(50);
  return isDone();
}
