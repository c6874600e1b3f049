import { lower } from "@tracebook/playground/lowering";
import { initialize } from "monaco-editor/internal/common/initialize";
import { typescript } from "monaco-editor/languages/features/typescript/lib/typescriptServices";
import { TypeScriptWorker } from "monaco-editor/languages/features/typescript/tsWorker";
import { serveCompile } from "./serve-compile";

// One worker for both: Monaco's language service, and the compiler of edited code on the same copy of TypeScript.
// The order counts: the compiler sees each message before Monaco's `onmessage` does.
serveCompile(globalThis, (path, source, options) => lower(typescript, path, source, options));

globalThis.onmessage = () => {
  initialize((context, data) => new TypeScriptWorker(context, data));
};
