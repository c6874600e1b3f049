import type { TraceState } from "@opentelemetry/api";

const MAX_MEMBERS = 32;
/** A simple key, or one of a tenant and a system; the forms of the W3C Recommendation. */
const KEY = /^(?:[a-z][a-z0-9_\-*/]{0,255}|[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13})$/;
/** Printable ASCII without `,` and `=`, the last character no space. */
const VALUE = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/** What other tracing systems want to be passed on with a trace. Immutable; the member that was set last comes first. */
export class W3CTraceState implements TraceState {
  readonly #members: ReadonlyMap<string, string>;

  constructor(members: ReadonlyMap<string, string> = new Map()) {
    this.#members = members;
  }

  /** A new state; the same one when the key or the value is not allowed. A 33rd member drops the oldest. */
  set(key: string, value: string): TraceState {
    if (!KEY.test(key) || !VALUE.test(value)) return this;
    const others = [...this.#members].filter(([other]) => other !== key);
    return new W3CTraceState(
      new Map<string, string>([[key, value], ...others].slice(0, MAX_MEMBERS) as [string, string][]),
    );
  }

  unset(key: string): TraceState {
    return new W3CTraceState(new Map([...this.#members].filter(([other]) => other !== key)));
  }

  get(key: string): string | undefined {
    return this.#members.get(key);
  }

  /** Value of the header `tracestate`. */
  serialize(): string {
    return [...this.#members].map(([key, value]) => `${key}=${value}`).join(",");
  }
}

/**
 * Reads the header `tracestate`.
 *
 * @returns `undefined` when it is empty or breaks a rule: a wrong key or value, a key twice, more than 32 members
 */
export function parseTraceState(header: string): W3CTraceState | undefined {
  const members = new Map<string, string>();
  for (const raw of header.split(",")) {
    const member = raw.replace(/^[ \t]+|[ \t]+$/g, "");
    if (member === "") continue;
    const at = member.indexOf("=");
    const [key, value] = [member.slice(0, at), member.slice(at + 1)];
    if (at < 1 || !KEY.test(key) || !VALUE.test(value) || members.has(key)) return undefined;
    if (members.set(key, value).size > MAX_MEMBERS) return undefined;
  }
  return members.size > 0 ? new W3CTraceState(members) : undefined;
}
