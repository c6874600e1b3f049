import { writeFloat } from "./otlp/any-value";

const USAGE_KEYS = [
  "input_tokens",
  "output_tokens",
  "total_tokens",
  "cache_read_input_tokens",
  "cache_creation_input_tokens",
  "cache_creation_input_tokens_above_1hr",
];
const COST_KEYS = ["input_cost", "output_cost", "total_cost"];

/** Metadata that the server parses and writes anew: which keys it knows and whether they are whole numbers. */
const REWRITTEN: Readonly<Record<string, { readonly keys: readonly string[]; readonly whole: boolean }>> = {
  "mlflow.trace.tokenUsage": { keys: USAGE_KEYS, whole: true },
  "mlflow.trace.cost": { keys: COST_KEYS, whole: false },
};

/** The value that is stored for a metadata entry; `undefined` when the server drops it. */
export function rewriteMetadata(key: string, value: string): string | undefined {
  const rule = Object.hasOwn(REWRITTEN, key) ? REWRITTEN[key] : undefined;
  if (!rule) return value;
  const parsed = parseObject(value);
  if (!parsed) return undefined;
  const isKnown = rule.whole ? Number.isInteger : Number.isFinite;
  const known = rule.keys.filter((name) => isKnown(parsed[name]));
  if (known.length === 0) return undefined;
  const write = rule.whole ? String : writeFloat;
  const entries = known.map((name) => `"${name}": ${write(Number(parsed[name]))}`);
  return `{${entries.join(", ")}}`;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
