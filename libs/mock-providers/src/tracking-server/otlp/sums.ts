import { type AnyValue, writeFloat } from "./any-value";
import { OtlpRefusal } from "./message";
import { parseTyped } from "./typed-json";

/** Numbers to add up, by name. */
export type Sums = ReadonlyMap<string, number>;

interface Summed {
  readonly spanId: string;
  readonly parentId: string | null;
}

const USAGE_KEYS = ["input_tokens", "output_tokens", "total_tokens"];
const CACHE_KEYS = ["cache_read_input_tokens", "cache_creation_input_tokens", "cache_creation_input_tokens_above_1hr"];
const COST_KEYS = ["input_cost", "output_cost", "total_cost"];

/** The tokens of `mlflow.chat.tokenUsage`: missing main counts are 0, cache counts may be absent. */
export function usageOf(json: string | undefined): Sums | undefined {
  const value = json === undefined ? undefined : parseTyped(json);
  if (!(value instanceof Map)) return undefined;
  return new Map([...readNumbers(value, USAGE_KEYS, 0), ...readNumbers(value, CACHE_KEYS)]);
}

/** The amounts of `mlflow.llm.cost`. Unlike usage, anything but an object is refused. */
export function costOf(json: string | undefined): Sums | undefined {
  if (json === undefined) return undefined;
  const value = parseTyped(json);
  if (!(value instanceof Map)) throw unsummable();
  return new Map(readNumbers(value, COST_KEYS, 0));
}

function readNumbers(
  values: ReadonlyMap<string, AnyValue>,
  keys: readonly string[],
  fallback?: number,
): [string, number][] {
  const present = fallback === undefined ? keys.filter((key) => values.has(key)) : keys;
  return present.map((key) => [key, toNumber(values.has(key) ? values.get(key) : fallback)]);
}

function toNumber(value: AnyValue | undefined): number {
  if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean") throw unsummable();
  return Number(value);
}

const unsummable = (): OtlpRefusal => new OtlpRefusal(422, "Failed to log OpenTelemetry spans");

/** The sum over spans that have numbers and no ancestor that has; `undefined` where there are none. */
export function sumTopmost<S extends Summed>(
  spans: ReadonlyMap<string, S>,
  numbersOf: (span: S) => Sums | undefined,
): Sums | undefined {
  const covered = new Map<string, boolean>();
  let total: Map<string, number> | undefined;
  for (const span of spans.values()) {
    const numbers = numbersOf(span);
    if (!numbers || isCovered(span.parentId, spans, numbersOf, covered)) continue;
    total ??= new Map();
    for (const [key, number] of numbers) total.set(key, (total.get(key) ?? 0) + number);
  }
  return total;
}

/** Whether a span or one above it has numbers. What is found is kept for all spans on the way. */
function isCovered<S extends Summed>(
  start: string | null,
  spans: ReadonlyMap<string, S>,
  numbersOf: (span: S) => Sums | undefined,
  covered: Map<string, boolean>,
): boolean {
  const path: string[] = [];
  let result = false;
  for (let id = start; id !== null; ) {
    const span = spans.get(id);
    const known = covered.get(id);
    result = known ?? (span !== undefined && numbersOf(span) !== undefined);
    if (known !== undefined || result || !span) break;
    covered.set(id, false);
    path.push(id);
    id = span.parentId;
  }
  for (const id of path) covered.set(id, result);
  return result;
}

/** As the metadata of a trace has them. Counts that are no whole numbers are left out. */
export function writeUsage(usage: Sums): string {
  return write([...usage].filter(([, count]) => Number.isInteger(count)).map(([key, count]) => [key, String(count)]));
}

export function writeCost(cost: Sums): string {
  return write([...cost].map(([key, amount]) => [key, writeFloat(amount)]));
}

function write(entries: readonly (readonly [key: string, text: string])[]): string {
  return `{${entries.map(([key, text]) => `"${key}": ${text}`).join(", ")}}`;
}
