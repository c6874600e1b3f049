import * as v from "valibot";

/** Parts of schemas that several endpoints share. Fields that are not listed pass unchecked, as the API grows faster. */
export const Integer = v.pipe(v.number(), v.integer());
export const Positive = v.pipe(v.number(), v.integer(), v.minValue(1));
export const Temperature = v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(2)));
export const Share = v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
export const Penalty = v.nullish(v.pipe(v.number(), v.minValue(-2), v.maxValue(2)));
export const Flag = v.nullish(v.boolean());
export const Text = v.nullish(v.string());
export const ModelName = v.pipe(v.string(), v.minLength(1));
export const Metadata = v.nullish(v.record(v.string(), v.string()));
export const JsonObject = v.record(v.string(), v.unknown());

const StopList = v.pipe(v.array(v.string()), v.maxLength(4));
/** One stop sequence or up to four. */
export const Stop = v.nullish(v.lazy((input) => (Array.isArray(input) ? StopList : v.string())));

/** A text, or a list whose items fit `item`. */
export function textOrList<T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, string | T[]> {
  return v.lazy((input) => (Array.isArray(input) ? v.array(item) : v.string()));
}

/** The sequences of `stop` as a list. */
export function stopList(stop: string | string[] | null | undefined): string[] {
  return stop == null ? [] : [stop].flat();
}
