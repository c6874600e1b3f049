/** Modules of Monaco that ship without declarations; only what the editor uses of them. */
declare module "monaco-editor/editor/contrib/suggest/browser/suggestController" {}
declare module "monaco-editor/editor/editor.worker" {}

declare module "monaco-editor/editor/browser/config/tabFocus" {
  export const TabFocus: {
    getTabFocusMode(): boolean;
    setTabFocusMode(movesFocus: boolean): void;
    onDidChangeTabFocus(listener: (movesFocus: boolean) => void): { dispose(): void };
  };
}

declare module "monaco-editor/internal/common/initialize" {
  export function initialize(create: (context: object, data: object) => object): void;
}

declare module "monaco-editor/languages/definitions/typescript/typescript" {
  import type { languages } from "monaco-editor/editor";
  export const conf: languages.LanguageConfiguration;
  export const language: languages.IMonarchLanguage & { keywords: string[]; tokenizer: { common: [] } };
}

declare module "monaco-editor/languages/features/typescript/lib/typescriptServices" {
  export const typescript: typeof import("typescript");
}

declare module "monaco-editor/languages/features/typescript/tsWorker" {
  export class TypeScriptWorker {
    constructor(context: object, data: object);
  }
}

declare module "*.d.mts?raw" {
  const text: string;
  export default text;
}
