/** How a generator is resumed. */
export type ResumeKind = "next" | "throw" | "return";

/** What the body of a lowered async generator yields to wait for `value`. */
export class Awaited {
  constructor(
    readonly value: unknown,
    /** How the body goes on when the value is there: `return` while a delegated generator is being closed. */
    readonly resumeWith: ResumeKind = "next",
  ) {}
}
