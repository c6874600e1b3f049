/** What a program tells the server that it came from. */
export interface ProgramReport {
  readonly value?: unknown;
  /** Stack of what the program threw. */
  readonly failure?: string;
  /** Errors and warnings, be they of the console or of nobody, up to the report. */
  readonly problems: readonly string[];
}

/** The console and the global events, which a page can watch in every browser and in a worker. */
function watchProblems(): string[] {
  const problems: string[] = [];
  for (const level of ["error", "warn"] as const) {
    const original = console[level];
    console[level] = (...values: unknown[]) => {
      problems.push(values.map(String).join(" "));
      original.apply(console, values);
    };
  }
  globalThis.addEventListener?.("error", ({ message }) => problems.push(`uncaught: ${message}`));
  globalThis.addEventListener?.("unhandledrejection", ({ reason }) => problems.push(`unhandled: ${reason}`));
  return problems;
}

const describe = (error: unknown) => (error instanceof Error ? `${error}\n${error.stack}` : String(error));

async function post(report: ProgramReport): Promise<void> {
  const { origin, searchParams } = new URL(location.href);
  const body = JSON.stringify(report);
  await fetch(`${origin}/report/${searchParams.get("case")}`, { method: "POST", body });
}

/** Runs `work` with the parameters of the program's address and reports what it resolves with, or its failure. */
export async function runProgram(work: (parameters: URLSearchParams) => Promise<unknown>): Promise<void> {
  const problems = watchProblems();
  try {
    const value = await work(new URL(location.href).searchParams);
    // One turn, so that what nobody handles is noticed.
    await new Promise((resolve) => setTimeout(resolve, 0));
    await post({ value, problems });
  } catch (error) {
    await post({ failure: describe(error), problems });
  }
}
