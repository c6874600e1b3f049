import { describeValue, findDifference, findJsonDifference } from "./describe-value.js";
import type { Problem } from "./outcome.js";
import type { CallRun } from "./run-call.js";

/** Collects what is wrong with one call. */
export class Problems {
  readonly list: Problem[] = [];
  readonly #call: string;

  constructor(call: string) {
    this.#call = call;
  }

  add(what: string, expected: unknown, seen: unknown): void {
    const texts = [expected, seen].map((side) => (typeof side === "string" ? side : describeValue(side)));
    this.list.push({ call: this.#call, what, expected: texts[0] ?? "", seen: texts[1] ?? "" });
  }

  /** Values are to be the same all the way down, classes included. */
  same(what: string, expected: unknown, seen: unknown): void {
    const found = findDifference(expected, seen);
    if (found) this.add(what + found.path, found.expected, found.seen);
  }

  /** Values are to have the same JSON. */
  sameJson(what: string, expected: unknown, seen: unknown): void {
    const found = findJsonDifference(expected, seen);
    if (found) this.add(what + found.path, found.expected, found.seen);
  }

  holds(what: string, holds: boolean, expected: string, seen: unknown): void {
    if (!holds) this.add(what, expected, seen);
  }

  /** A call is to fail in the same way, or to succeed as well. */
  sameError(expected: CallRun, seen: CallRun): void {
    if (expected.failed !== seen.failed) {
      this.add("how the call fails", describeFailure(expected), describeFailure(seen));
      return;
    }
    if (expected.failed === "no") return;
    this.holds(
      "error class",
      classOf(expected.error) === classOf(seen.error),
      className(expected.error),
      className(seen.error),
    );
    this.same("error message", messageOf(expected.error), messageOf(seen.error));
  }
}

function describeFailure({ failed, error }: CallRun): string {
  return failed === "no" ? "no error" : `${failed}: ${describeValue(error)}`;
}

function classOf(error: unknown): unknown {
  return typeof error === "object" && error !== null ? Object.getPrototypeOf(error) : typeof error;
}

function className(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}

/** Thrown things as text; whatever is no error is itself. */
export function messageOf(error: unknown): unknown {
  return error instanceof Error ? error.message : error;
}
