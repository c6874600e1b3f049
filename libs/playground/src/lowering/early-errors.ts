import type * as TypeScript from "typescript";

/**
 * What TypeScript finds only while checking, although no JavaScript engine would even parse it. Types are not checked
 * here, so nothing else that the checker says may stop a program.
 */
const EARLY_ERRORS: ReadonlySet<number> = new Set([
  1013, // a rest parameter or element with a trailing comma
  1014, // a rest parameter before others
  1100, // assignment to eval or arguments
  1101, // with
  1102, // delete of a name
  1103, // for await outside async functions
  1104, // continue outside loops
  1105, // break outside loops and switches
  1107, // a jump across a function
  1108, // return outside functions
  1109, // an expression is missing
  1113, // two default clauses
  1114, // a label twice
  1115, // continue to something that is no loop
  1116, // break to an unknown label
  1117, // a property twice, which is no error any more except for __proto__
  1121, // legacy octal literals
  1123, // an empty list of variables
  1155, // const without a value
  1163, // yield outside generators
  1182, // destructuring without a value
  1187, // a parameter property that is a pattern
  1188, // several variables in for…of
  1189, // an initial value in for…in
  1190, // an initial value in for…of
  1210, // assignment to eval or arguments in a class
  1212, // reserved words
  1213,
  1214,
  1308, // await outside async functions
  1341, // a class constructor that is an accessor
  1344, // a label before a declaration
  1359, // reserved words as names
  1368, // a constructor that is a generator
  1450, // dynamic import without an argument
  2309, // export = beside other exports
  2337, // super() outside constructors
  2364, // an assignment to something that is no variable
  2372, // a parameter that needs itself
  2392, // two constructors
  2451, // a variable twice
  2480, // let as a name
  2481,
  2487, // for…of over something that is no variable
  2528, // two default exports
  2660, // super outside methods
  2779, // assignment to an optional chain
  18016, // #names outside classes
  18019, // a modifier on a #name
  18036, // decorators on #names of the old kind
]);

export function isEarlyError(diagnostic: TypeScript.Diagnostic): boolean {
  return EARLY_ERRORS.has(diagnostic.code);
}
