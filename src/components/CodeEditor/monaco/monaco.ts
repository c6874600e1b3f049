import "monaco-editor/editor/contrib/suggest/browser/suggestController";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/gotoError/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/parameterHints/register";
import "monaco-editor/features/snippet/register";
import "monaco-editor/features/suggest/register";
import "monaco-editor/features/toggleTabFocusMode/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";
import { typescriptWorker } from "../worker/typescript-worker";

self.MonacoEnvironment = {
  getWorker: (_id, label) => (label === "typescript" ? typescriptWorker() : editorWorker()),
};

function editorWorker(): Worker {
  return new Worker(/* webpackChunkName: "editor.worker" */ new URL("../worker/editor.worker.ts", import.meta.url), {
    name: "editor",
  });
}

export * as monaco from "monaco-editor/editor";
