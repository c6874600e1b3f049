import type * as TypeScript from "typescript";
import type { Compiler } from "./compiler";

/**
 * What TypeScript finds only while checking, although no JavaScript engine would even parse it. Types are not checked
 * here, so nothing else that the checker says may stop a program. By TypeScript's numbers:
 */
const EARLY_ERRORS: ReadonlySet<number> = new Set([
  // Names that are reserved, in general or in strict mode.
  ...[1100, 1101, 1102, 1210, 1212, 1213, 1214, 1215, 1262, 1359, 1389, 1390, 2480],
  // Jumps and labels: break, continue and return to nowhere, two default clauses, a label twice.
  ...[1104, 1105, 1107, 1108, 1113, 1114, 1115, 1116, 1344, 18041],
  // await and yield in functions that are not made for them, or in parameters and static blocks.
  ...[1103, 1106, 1163, 1308, 2523, 2524, 18037, 18038, 18039, 18054],
  // Parameters and accessors: rest that is not last, getters with and setters without a parameter.
  ...[1013, 1014, 1048, 1049, 1053, 1054],
  // Variables and classes: no value, no name, declared twice, too many in a for statement.
  ...[1091, 1123, 1184, 1155, 1156, 1182, 1186, 1188, 1189, 1190, 1197, 1211, 1368, 2392, 2451, 2481],
  // using declarations that are patterns or stand where they cannot.
  ...[1491, 1492, 1493, 1494, 1495],
  // Assignments to what is no variable, super outside methods, optional chains that are constructed or tagged, -a ** b, { a = 1 }.
  ...[17006, 17007, 17012, 1209, 1312, 1358, 2337, 2357, 2364, 2406, 2487, 2660, 2777, 2778, 2779, 2780, 2781],
  // Private names outside their class or in odd places.
  ...[1111, 1451, 18006, 18009, 18011, 18012, 18013, 18016, 18019, 18029, 18030],
  // Imports, exports, modifiers and decorators in places where there are none.
  ...[1042, 1044, 1275, 1206, 1231, 1232, 1233, 1258, 1473, 1474],
  // Numbers and escapes of old; regular expressions.
  ...[1005, 1121, 1487, 1488, 1489, 1499, 1500, 1502, 1505, 1506, 1507, 1508, 1514, 1517, 1532],
]);

const DUPLICATE_IDENTIFIER = 2300;
const UNKNOWN_PROPERTY = new Set([2339, 2551]);

/** Whether the engine would refuse to parse the file because of this. */
export function isEarlyError(
  ts: Compiler,
  file: TypeScript.SourceFile,
  { code, start }: TypeScript.Diagnostic,
): boolean {
  if (EARLY_ERRORS.has(code)) return true;
  if (code !== DUPLICATE_IDENTIFIER && !UNKNOWN_PROPERTY.has(code)) return false;
  const name = start === undefined ? undefined : nodeAt(ts, file, start);
  if (name === undefined) return false;
  return code === DUPLICATE_IDENTIFIER ? namesValue(ts, name) : ts.isPrivateIdentifier(name);
}

/** The innermost node that starts at `position`. */
function nodeAt(ts: Compiler, file: TypeScript.SourceFile, position: number): TypeScript.Node | undefined {
  let found: TypeScript.Node | undefined;
  const visit = (node: TypeScript.Node): void => {
    if (position < node.pos || position >= node.end) return;
    if (node.getStart(file) === position) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Types and members may be declared twice and still run; variables, parameters and classes may not. */
function namesValue(ts: Compiler, { parent }: TypeScript.Node): boolean {
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isBindingElement(parent) ||
    ts.isParameter(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isImportClause(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isNamespaceImport(parent)
  );
}
