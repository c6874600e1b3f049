import { nowNs } from "../clock.js";

/** What a {@link SpanEvent} is made of. */
export interface SpanEventParams {
  name: string;
  /** Nanoseconds since the epoch; now by default. */
  timestamp?: bigint;
  attributes?: Record<string, unknown>;
}

/**
 * Something that happened at one moment within a span.
 *
 * @example
 * span.addEvent(new SpanEvent({ name: "cache.miss", attributes: { key: "oslo" } }));
 * span.addEvent(SpanEvent.fromException(error));
 */
export class SpanEvent {
  readonly name: string;
  readonly timestamp: bigint;
  readonly attributes: Record<string, unknown>;

  constructor({ name, timestamp = nowNs(), attributes = {} }: SpanEventParams) {
    this.name = name;
    this.timestamp = timestamp;
    this.attributes = attributes;
  }

  /** The event `exception`, with message, type and stack of whatever was thrown. Never throws. */
  static fromException(thrown: unknown): SpanEvent {
    return new SpanEvent({ name: EXCEPTION_EVENT_NAME, attributes: exceptionAttributes(thrown) });
  }

  /** The event as plain data. */
  toJson(): { name: string; timestamp: bigint; attributes: Record<string, unknown> } {
    return { name: this.name, timestamp: this.timestamp, attributes: this.attributes };
  }
}

export const EXCEPTION_EVENT_NAME = "exception";

/** OpenTelemetry's attributes of an exception. */
export function exceptionAttributes(thrown: unknown): Record<string, string> {
  const { name, message, stack } = describeThrown(thrown);
  return { "exception.message": message, "exception.type": name, "exception.stacktrace": stack };
}

/** Many libraries' errors are only told apart by their class, with the name left at `Error`. */
function errorName(error: Error): string {
  const name = String(error.name);
  const className: unknown = name === "Error" ? error.constructor?.name : undefined;
  return typeof className === "string" && className !== "" ? className : name;
}

/** Name, message and stack of anything that can be thrown: errors, strings, `null`, hostile objects. */
export function describeThrown(thrown: unknown): { name: string; message: string; stack: string } {
  try {
    if (thrown instanceof Error) {
      const text = `${thrown.name}: ${thrown.message}`;
      return { name: errorName(thrown), message: String(thrown.message), stack: String(thrown.stack ?? text) };
    }
    const text = String(thrown);
    return { name: thrown === null ? "null" : typeof thrown, message: text, stack: text };
  } catch {
    return { name: typeof thrown, message: "[Unreadable]", stack: "[Unreadable]" };
  }
}
