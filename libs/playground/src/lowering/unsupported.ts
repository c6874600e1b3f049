import type * as TypeScript from "typescript";
import type { CompileProblem } from "../contract";
import type { Compiler } from "./compiler";
import type { ProblemReporter } from "./problems";

const IMPORT_META = "import.meta is not available here: the program does not run from a file";
const TOP_LEVEL_AWAIT = "Top-level await works only in the file that is run; put this await into an async function";
const NEW_TARGET = "new.target in an async arrow function is not supported here; keep it in a variable outside";
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
    if (ts.isMetaProperty(node)) {
      if (node.keywordToken === ts.SyntaxKind.ImportKeyword) add(node, IMPORT_META);
      else if (isInAsyncArrow(ts, node)) add(node, NEW_TARGET);
    }
    if (isJsx(ts, node)) {
      add(node, JSX);
      return;
    }
    if (topLevel && !options.entry && isAwaiting(ts, node)) add(node, TOP_LEVEL_AWAIT);
    const own = startsOwnContext(ts, node);
    ts.forEachChild(node, (child) => visit(child, topLevel && (!own || isEvaluatedOutside(ts, child))));
  };
  visit(file, true);
  return problems;
}

/** Whether the function whose `new.target` this is would be the generator that an async arrow function becomes. */
function isInAsyncArrow(ts: Compiler, node: TypeScript.Node): boolean {
  const owner = ts.findAncestor(node, ts.isFunctionLike);
  if (!owner || !ts.isArrowFunction(owner)) return false;
  const isAsync = owner.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  return isAsync === true || isInAsyncArrow(ts, owner.parent);
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

/** Computed names and decorators of members are evaluated with the class. */
function isEvaluatedOutside(ts: Compiler, child: TypeScript.Node): boolean {
  return ts.isComputedPropertyName(child) || ts.isDecorator(child);
}
