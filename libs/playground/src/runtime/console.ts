import inspect from "object-inspect";
import { type ConsoleEvent, RUN_LIMITS } from "../contract";

const LEVELS = {
  log: "log",
  info: "info",
  warn: "warn",
  error: "error",
  debug: "debug",
  trace: "debug",
  dir: "log",
  table: "log",
} as const satisfies Record<string, ConsoleEvent["level"]>;

/** Longer values are shown over several lines, as Node.js does. In characters. */
const LINE_WIDTH = 76;

/** Deeper objects are named, not shown. */
const DEPTH = 8;

/** One value as Node's console would print it: strings bare, the rest inspected. Never throws. */
export function formatValue(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    if (value instanceof Error) return value.stack?.includes(value.message) ? value.stack : String(value);
    const line = inspect(value, { depth: DEPTH });
    return line.length <= LINE_WIDTH ? line : inspect(value, { depth: DEPTH, indent: 2 });
  } catch {
    return "[value that cannot be shown]";
  }
}

/** A line of output: printf-style `%s %d %i %f %j %o %O %%` as in Node, then the remaining values with spaces. */
export function formatLine(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== "string" || !first.includes("%") || rest.length === 0)
    return cut(values.map(formatValue).join(" "));
  const text = first.replace(/%([sdifjoO%])/g, (placeholder, kind: string) => {
    if (kind === "%") return "%";
    return rest.length === 0 ? placeholder : formatPlaceholder(kind, rest.shift());
  });
  return cut([text, ...rest.map(formatValue)].join(" "));
}

function formatPlaceholder(kind: string, value: unknown): string {
  try {
    if (kind === "d" || kind === "f") return String(Number(value));
    if (kind === "i") return String(Math.trunc(Number(value)));
    if (kind === "j") return JSON.stringify(value) ?? "undefined";
    return formatValue(value);
  } catch {
    return formatValue(value);
  }
}

function cut(text: string): string {
  const limit = RUN_LIMITS.consoleBytes;
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length - limit} more characters)`;
}

/** Replaces the printing methods of `target.console`; what they print goes to `emit`, made only on demand. Returns the undo. */
export function captureConsole(
  emit: (make: () => ConsoleEvent) => void,
  target: { console: Console } = globalThis,
): () => void {
  const original = target.console;
  const print = (level: ConsoleEvent["level"], values: readonly unknown[]) =>
    emit(() => ({ type: "console", level, text: formatLine(values) }));
  const replaced: Record<string, (...values: unknown[]) => void> = {};
  for (const [method, level] of Object.entries(LEVELS)) replaced[method] = (...values) => print(level, values);
  replaced.assert = (condition, ...values) => {
    if (!condition) print("error", ["Assertion failed", ...values]);
  };
  target.console = Object.assign(Object.create(original), replaced);
  return () => {
    target.console = original;
  };
}
