import type * as TypeScript from "typescript";
import type { Compiler } from "./compiler";

/** The async function that the lowered entry file exports; calling it runs the file. */
export const ENTRY_FUNCTION = "__main";

/**
 * Overwrites `export` and `export default` before declarations with spaces, so that every position stays. Without them
 * the declarations can stand in a function, and their uses are plain names.
 */
export function blankExports(ts: Compiler, file: TypeScript.SourceFile): string {
  let text = file.text;
  for (const statement of file.statements) {
    if (isAnonymousDeclaration(ts, statement) || !ts.canHaveModifiers(statement)) continue;
    for (const modifier of ts.getModifiers(statement) ?? []) {
      if (!isExportModifier(ts, modifier)) continue;
      const start = modifier.getStart(file);
      text = text.slice(0, start) + " ".repeat(modifier.end - start) + text.slice(modifier.end);
    }
  }
  return text;
}

/** Moves everything but the imports into an exported async function, so that top-level await works. */
export function wrapEntry(ts: Compiler): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return ({ factory }) =>
    (file) => {
      const imports: TypeScript.Statement[] = [];
      const body: TypeScript.Statement[] = [];
      for (const statement of file.statements) {
        const moved = moveStatement(ts, factory, statement);
        if (moved) (isModuleImport(ts, moved) ? imports : body).push(moved);
      }
      // An arrow function: `this` is undefined at the top of a module, however the function is called.
      const async = factory.createModifier(ts.SyntaxKind.AsyncKeyword);
      const block = factory.createBlock(body, true);
      const arrow = factory.createArrowFunction([async], undefined, [], undefined, undefined, block);
      const name = factory.createVariableDeclaration(ENTRY_FUNCTION, undefined, undefined, arrow);
      const list = factory.createVariableDeclarationList([name], ts.NodeFlags.Const);
      const main = factory.createVariableStatement([factory.createModifier(ts.SyntaxKind.ExportKeyword)], list);
      return factory.updateSourceFile(file, [...imports, main]);
    };
}

/** The statement as it can stand in a function or, for imports, before it; undefined when nothing of it runs. */
function moveStatement(
  ts: Compiler,
  factory: TypeScript.NodeFactory,
  statement: TypeScript.Statement,
): TypeScript.Statement | undefined {
  if (ts.isExportDeclaration(statement)) return importInstead(ts, factory, statement);
  if (ts.isNamespaceExportDeclaration(statement)) return undefined;
  if (ts.isExportAssignment(statement)) return evaluate(ts, factory, statement);
  if (!isAnonymousDeclaration(ts, statement)) return statement;
  return ts.isClassDeclaration(statement) ? classExpression(ts, factory, statement) : undefined;
}

/** A re-export still runs the module that it names. */
function importInstead(
  ts: Compiler,
  factory: TypeScript.NodeFactory,
  statement: TypeScript.ExportDeclaration,
): TypeScript.Statement | undefined {
  if (!statement.moduleSpecifier || statement.isTypeOnly) return undefined;
  return ts.setTextRange(factory.createImportDeclaration(undefined, undefined, statement.moduleSpecifier), statement);
}

/** A bare name may be that of a type, and reading it does nothing. */
function evaluate(
  ts: Compiler,
  factory: TypeScript.NodeFactory,
  statement: TypeScript.ExportAssignment,
): TypeScript.Statement | undefined {
  if (ts.isIdentifier(statement.expression)) return undefined;
  return ts.setTextRange(factory.createExpressionStatement(statement.expression), statement);
}

/** An anonymous class may do something while it is defined. */
function classExpression(
  ts: Compiler,
  factory: TypeScript.NodeFactory,
  { modifiers, typeParameters, heritageClauses, members }: TypeScript.ClassDeclaration,
): TypeScript.Statement {
  const kept = modifiers?.filter((modifier) => ts.isDecorator(modifier));
  const expression = factory.createClassExpression(kept, undefined, typeParameters, heritageClauses, members);
  return factory.createExpressionStatement(factory.createParenthesizedExpression(expression));
}

function isModuleImport(ts: Compiler, statement: TypeScript.Statement): boolean {
  if (ts.isImportDeclaration(statement)) return true;
  return ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference);
}

function isAnonymousDeclaration(ts: Compiler, statement: TypeScript.Statement): boolean {
  return (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name === undefined;
}

function isExportModifier(ts: Compiler, { kind }: TypeScript.ModifierLike): boolean {
  return kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword;
}
