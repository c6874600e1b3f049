import fc from "fast-check";
import type { JsonValue } from "../entities/json-value.js";

/** Any sequence of UTF-16 units, half surrogate pairs included. */
export const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

/** JSON values with integers of every size; the ones beyond 2^53 are BigInts. */
export const jsonValues = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonValue>(null, true, false, 0, 1e20, 2 ** 53, -1e300, 5e-324, 2n ** 53n + 1n, -(10n ** 40n)),
    fc.string({ unit: "binary" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.bigInt().map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: "binary" }), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
