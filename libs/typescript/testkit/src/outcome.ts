/** What is wrong, in terms of the integration's author. */
export interface Problem {
  /** The call during which it was seen. */
  readonly call: string;
  /** What was looked at, e.g. `span type`. */
  readonly what: string;
  readonly expected: string;
  readonly seen: string;
}

/** What a check comes to. */
export type Outcome =
  | { readonly status: "pass" }
  | { readonly status: "fail"; readonly problems: readonly Problem[] }
  | { readonly status: "skip"; readonly reason: string };

/** A check and what it came to. */
export interface CheckReport {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
}

/** What a run of the kit came to. */
export interface Report {
  readonly integration: string;
  /** Whether no check failed. */
  readonly passed: boolean;
  readonly counts: Readonly<Record<Outcome["status"], number>>;
  readonly checks: readonly CheckReport[];
}
