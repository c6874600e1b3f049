import type { Clues } from "./clues";
import type { Slot } from "./fill-schema";
import type { JsonSchema } from "./json-schema";

/** A number that satisfies `schema`: one from the prompt beside the property's name, else the next, else the default. */
export function fillNumber(schema: JsonSchema, clues: Clues, slot: Slot): number {
  const whole = schema.type === "integer" || (Array.isArray(schema.type) && schema.type.includes("integer"));
  const step = schema.multipleOf && schema.multipleOf > 0 ? schema.multipleOf : whole ? 1 : 0;
  const low = lowest(schema, step);
  const high = highest(schema, step);
  const fits = (value: number): boolean =>
    value >= low &&
    value <= high &&
    (step === 0 || Number.isInteger(value / step)) &&
    (!whole || Number.isInteger(value));
  const beside = clues.takeNumberBeside(slot.name.replaceAll("_", " "));
  const known = beside !== undefined && fits(beside) ? beside : clues.takeNumber(fits);
  if (known !== undefined) return known;
  if (typeof schema.default === "number" && fits(schema.default)) return schema.default;
  return [1, 0, low, high].find(fits) ?? nearest(low, high, step);
}

function lowest(schema: JsonSchema, step: number): number {
  const limit = schema.minimum ?? Number.NEGATIVE_INFINITY;
  const open = schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY;
  if (step === 0) return open >= limit ? nextAbove(open) : limit;
  const least = Math.ceil(limit / step) * step;
  return Math.max(least, (Math.floor(open / step) + 1) * step);
}

function highest(schema: JsonSchema, step: number): number {
  const limit = schema.maximum ?? Number.POSITIVE_INFINITY;
  const open = schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY;
  if (step === 0) return open <= limit ? nextBelow(open) : limit;
  const most = Math.floor(limit / step) * step;
  return Math.min(most, (Math.ceil(open / step) - 1) * step);
}

function nextAbove(value: number): number {
  return Number.isFinite(value) ? value + Math.max(Math.abs(value) * 1e-9, 1e-9) : value;
}

function nextBelow(value: number): number {
  return Number.isFinite(value) ? value - Math.max(Math.abs(value) * 1e-9, 1e-9) : value;
}

function nearest(low: number, high: number, step: number): number {
  if (Number.isFinite(low)) return low;
  if (Number.isFinite(high)) return high;
  return step;
}
