import type { ErrorEvent } from "../contract";
import { formatValue } from "./console";

const MAX_CHARACTERS = 20_000;

/**
 * Describes whatever was thrown, hostile values included: an `Error` whose getters throw, a string, `null`, a revoked proxy.
 * The position is left to whoever has the source maps.
 */
export function describeFailure(thrown: unknown, kind: ErrorEvent["kind"]): ErrorEvent {
  const text = (read: () => unknown): string => {
    try {
      const value = read();
      return typeof value === "string" ? value.slice(0, MAX_CHARACTERS) : "";
    } catch {
      return "";
    }
  };
  const error = thrown as Partial<Error>;
  const isObject = typeof thrown === "object" && thrown !== null;
  const message = isObject ? text(() => error.message) : formatValue(thrown).slice(0, MAX_CHARACTERS);
  return {
    type: "error",
    kind,
    name: (isObject && text(() => error.name)) || (isObject ? "Error" : `Thrown ${typeof thrown}`),
    message: message || (isObject ? formatValue(thrown).slice(0, MAX_CHARACTERS) : message),
    stack: isObject ? text(() => error.stack) : "",
  };
}
