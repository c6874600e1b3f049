import { languages } from "monaco-editor/editor";
import { conf, language } from "monaco-editor/languages/definitions/typescript/typescript";
import { typescriptDefaults } from "monaco-editor/languages/features/typescript/register";
import { DECLARATIONS } from "./declarations";

/** Words that Monaco's grammar counts as keywords and readers see as types. */
const TYPES = ["any", "bigint", "boolean", "never", "number", "object", "string", "symbol", "unknown"];

/** Keywords that are far more often the name of a property or an option. */
const NAMES = "type|from|of|get|set|is|as|out|module|object|string|number|symbol|package|global|require|unique";

// Numbers of TypeScript's enums: Monaco's own copies of them end before these values.
const COMPILER_OPTIONS = {
  target: 9, // ES2022
  module: 99, // ESNext
  moduleResolution: 100, // Bundler
  moduleDetection: 3, // Force: every playground is a module, its names are its own
  lib: ["es2023", "webworker", "webworker.iterable", "webworker.asynciterable"].map((lib) => `lib.${lib}.d.ts`),
  types: [],
  strict: true,
  esModuleInterop: true,
  skipLibCheck: true,
  noEmit: true,
  allowNonTsExtensions: true,
};

/** Registers TypeScript: its grammar, coloured as the static code is, and its service with the packages of the examples. */
export function registerTypeScript(): void {
  languages.register({ id: "typescript", extensions: [".ts", ".mts", ".cts", ".tsx"] });
  languages.setLanguageConfiguration("typescript", conf);
  languages.setMonarchTokensProvider("typescript", grammar());
  typescriptDefaults.setCompilerOptions(COMPILER_OPTIONS);
  typescriptDefaults.setExtraLibs(
    DECLARATIONS.map(({ name, content }) => ({ filePath: declarationPath(name), content })),
  );
  // Problems are shown by `check.ts`, sooner than Monaco would.
  typescriptDefaults.setModeConfiguration({
    ...typescriptDefaults.modeConfiguration,
    diagnostics: false,
    codeActions: false,
    inlayHints: false,
  });
}

function declarationPath(name: string): string {
  return `file:///node_modules/${name}/index.d.ts`;
}

function grammar(): languages.IMonarchLanguage {
  const { keywords, tokenizer } = language;
  const word = { cases: { "@types": "type", "@keywords": "keyword", "@default": "identifier" } };
  const called = { cases: { "@keywords": "keyword", "@default": "function" } };
  return {
    ...language,
    keywords: keywords.filter((keyword) => !TYPES.includes(keyword)),
    types: TYPES,
    tokenizer: {
      ...tokenizer,
      common: [
        [/(\.)([A-Za-z_$][\w$]*)(?=\s*\()/, ["delimiter", "function"]],
        [/(\.)(#?[A-Za-z_$][\w$]*)/, ["delimiter", "identifier"]],
        [new RegExp(`\\b(?:${NAMES})(?=\\??\\s*:)`), "identifier"],
        [/[A-Za-z_$][\w$]*(?=\s*(?:<[\w\s,.|[\]]*>)?\()/, called],
        [/#?[a-z_$][\w$]*/, word],
        ...tokenizer.common,
      ],
    },
  };
}
