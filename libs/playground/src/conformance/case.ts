import type { Engine, EngineName, ErrorEvent, Program, RunEvent, RunResult } from "../contract";

/** One thing that every engine must do alike. */
export interface ConformanceCase {
  readonly name: string;
  /** The program: one file, or several by path with `main.ts` as the entry. */
  readonly code: string | Readonly<Record<string, string>>;
  /** What it prints, in order: `text`, or `level: text` where the level is not `log`. */
  readonly prints?: readonly string[];
  readonly outcome?: RunResult["outcome"];
  /** The failure, where there is one: the fields that are given must be equal. `message` may be a part. */
  readonly error?: Partial<Pick<ErrorEvent, "kind" | "name" | "message">> & {
    readonly line?: number;
    readonly column?: number;
  };
  readonly spans?: number;
  /** Milliseconds after the start at which the reader presses Stop. */
  readonly stopAfterMs?: number;
  /** Any other check; returns what is wrong. */
  readonly check?: (run: CaseRun) => string[];
  /** Engines that cannot do this, each with the reason that readers are told. */
  readonly skip?: Partial<Record<EngineName, string>>;
}

/** What one run of a case gave. */
export interface CaseRun {
  readonly result: RunResult;
  readonly events: readonly RunEvent[];
  readonly printed: readonly string[];
}

/** Runs one case on one engine and lists what was not as it should be; an empty list is a pass. */
export async function runCase(engine: Engine, conformanceCase: ConformanceCase): Promise<string[]> {
  const events: RunEvent[] = [];
  const controller = new AbortController();
  const { stopAfterMs } = conformanceCase;
  const timer = stopAfterMs === undefined ? undefined : setTimeout(() => controller.abort(), stopAfterMs);
  const result = await engine.run(programOf(conformanceCase), (event) => events.push(event), controller.signal);
  clearTimeout(timer);
  const run: CaseRun = { result, events, printed: printedLines(events) };
  return [...compare(conformanceCase, run), ...(conformanceCase.check?.(run) ?? [])];
}

function programOf({ code }: ConformanceCase): Program {
  const files = typeof code === "string" ? { "main.ts": code } : code;
  return { language: "typescript", entry: "main.ts", files };
}

function printedLines(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === "console" ? [event.level === "log" ? event.text : `${event.level}: ${event.text}`] : [],
  );
}

function compare(expected: ConformanceCase, { result, printed, events }: CaseRun): string[] {
  const outcome = expected.outcome ?? (expected.error ? "failed" : "completed");
  const problems = [
    ...equal("outcome", result.outcome, outcome),
    ...(expected.prints ? equal("printed", printed, expected.prints) : []),
    ...(expected.spans === undefined ? [] : equal("spans", result.spanCount, expected.spans)),
    ...(expected.error ? compareError(expected.error, result.error) : []),
  ];
  const errors = events.filter((event) => event.type === "error");
  return problems.length > 0 && errors.length > 0 ? [...problems, `errors: ${JSON.stringify(errors)}`] : problems;
}

function compareError(expected: NonNullable<ConformanceCase["error"]>, actual: ErrorEvent | undefined): string[] {
  if (!actual) return ["there was no error"];
  const { message, line, column, ...fields } = expected;
  return [
    ...Object.entries(fields).flatMap(([key, value]) => equal(`error ${key}`, actual[key as keyof ErrorEvent], value)),
    ...(message && !actual.message.includes(message) ? [`error message: ${actual.message}`] : []),
    ...(line === undefined ? [] : equal("error line", actual.at?.line, line)),
    ...(column === undefined ? [] : equal("error column", actual.at?.column, column)),
  ];
}

function equal(what: string, actual: unknown, expected: unknown): string[] {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  return seen === wanted ? [] : [`${what}: ${seen} instead of ${wanted}`];
}
