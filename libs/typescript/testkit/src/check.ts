import { Bench, CallTimeout } from "./bench.js";
import type { Call, Integration } from "./integration.js";
import type { Outcome, Problem } from "./outcome.js";
import { Problems } from "./problems.js";

/** Something that has to hold for every integration. */
export interface Check {
  /** E.g. `error-is-recorded`. */
  readonly id: string;
  /** A sentence that holds when the check passes. */
  readonly title: string;
  /** What users of an integration suffer from where it does not hold. */
  readonly why: string;
  /** Why there is nothing to check; `undefined` when there is. */
  notApplicable(integration: Integration<never>): string | undefined;
  /** Examines the integration. What is wrong with it is the outcome; nothing is thrown for it. */
  run(context: CheckContext): Promise<Outcome>;
}

/** What a check is run with. */
export interface CheckContext {
  readonly integration: Integration<never>;
  /** Milliseconds that one run of a call may take. */
  readonly timeoutMs: number;
}

/** Looks at one call and collects what is wrong. A text as its result says why this cannot be checked here. */
export type Examination = (bench: Bench, call: Call, problems: Problems) => Promise<unknown>;

interface CheckParts<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly why: string;
  /** The calls that are examined; all by default. */
  readonly calls?: (call: Call, integration: Integration) => boolean;
  readonly examine: Examination;
}

/** A check of each call of an integration. */
export function defineCheck<Id extends string>(parts: CheckParts<Id>): Check & { readonly id: Id } {
  const { id, title, why, calls = () => true, examine } = parts;
  const select = (integration: Integration): Call[] => integration.calls.filter((call) => calls(call, integration));
  return {
    id,
    title,
    why,
    notApplicable: (integration) => {
      return select(integration as unknown as Integration).length === 0 ? "no call of this kind" : undefined;
    },
    async run({ integration, timeoutMs }) {
      const subject = integration as unknown as Integration;
      const problems: Problem[] = [];
      for (const call of select(subject)) {
        const found = await examineCall(new Bench(subject, timeoutMs), call, examine);
        if (typeof found === "string") return { status: "skip", reason: found };
        problems.push(...found);
      }
      return problems.length > 0 ? { status: "fail", problems } : { status: "pass" };
    },
  };
}

async function examineCall(bench: Bench, call: Call, examine: Examination): Promise<readonly Problem[] | string> {
  const problems = new Problems(call.name);
  try {
    const reason = await examine(bench, call, problems);
    if (typeof reason === "string") return reason;
  } catch (error) {
    if (error instanceof CallTimeout) problems.add("time", `an end within ${bench.timeoutMs} ms`, error.message);
    else problems.add("the check itself", "no error", error);
  }
  return problems.list;
}
