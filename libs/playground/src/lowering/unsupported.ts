import type * as TypeScript from "typescript";
import type { CompileProblem } from "../contract";
import type { Compiler } from "./compiler";
import type { ProblemReporter } from "./problems";

const IMPORT_META = "import.meta is not available here: the program does not run from a file";
const TOP_LEVEL_AWAIT = "Top-level await works only in the file that is run; put this await into an async function";
const JSX = "JSX is not supported here";

/** Finds what is correct TypeScript and still cannot run, with its place. */
export function findUnsupported(
  ts: Compiler,
  file: TypeScript.SourceFile,
  report: ProblemReporter,
  options: { readonly entry: boolean },
): CompileProblem[] {
  const problems: CompileProblem[] = [];
  const add = (node: TypeScript.Node, message: string) => problems.push(report.at(file, node.getStart(file), message));
  const visit = (node: TypeScript.Node, topLevel: boolean): void => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) add(node, IMPORT_META);
    if (isJsx(ts, node)) return void add(node, JSX);
    if (topLevel && !options.entry && isAwaiting(ts, node)) add(node, TOP_LEVEL_AWAIT);
    const inside = topLevel && !startsOwnContext(ts, node);
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(file, true);
  return problems;
}

function isJsx(ts: Compiler, node: TypeScript.Node): boolean {
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
}

function isAwaiting(ts: Compiler, node: TypeScript.Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isForOfStatement(node)) return node.awaitModifier !== undefined;
  const isAwaitUsing = (node.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing;
  return ts.isVariableDeclarationList(node) && isAwaitUsing;
}

/** Whether an `await` in `node` belongs to it and not to the module. */
function startsOwnContext(ts: Compiler, node: TypeScript.Node): boolean {
  return ts.isFunctionLike(node) || ts.isPropertyDeclaration(node) || ts.isClassStaticBlockDeclaration(node);
}
