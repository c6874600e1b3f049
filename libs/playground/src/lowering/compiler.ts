import type * as TypeScript from "typescript";

/** The compiler's API; handed in, because the same code runs on the `typescript` package and on the copy inside Monaco. */
export type Compiler = typeof TypeScript;

/** What every file is compiled to: CommonJS, async functions as generators, helpers from `tslib`. */
function compilerOptions(ts: Compiler): TypeScript.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2016,
    module: ts.ModuleKind.CommonJS,
    moduleDetection: ts.ModuleDetectionKind.Force,
    newLine: ts.NewLineKind.LineFeed,
    jsx: ts.JsxEmit.Preserve,
    esModuleInterop: true,
    importHelpers: true,
    isolatedModules: true,
    sourceMap: true,
    useDefineForClassFields: true,
    noLib: true,
    noResolve: true,
    types: [],
  };
}

/** A program of the one file `name`, for a compiler that needs no disk. */
export function singleFileProgram(ts: Compiler, name: string, text: string): TypeScript.Program {
  const options = compilerOptions(ts);
  const host: TypeScript.CompilerHost = {
    getSourceFile: (path, languageVersionOrOptions) =>
      path === name ? ts.createSourceFile(path, text, languageVersionOrOptions, true) : undefined,
    fileExists: (path) => path === name,
    readFile: () => undefined,
    writeFile: () => {},
    getDefaultLibFileName: () => "lib.d.ts",
    getCurrentDirectory: () => "",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  return ts.createProgram({ rootNames: [name], options, host });
}
