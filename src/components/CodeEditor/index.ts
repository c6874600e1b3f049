export { CodeEditor, type CodeEditorProps } from "./CodeEditor";
export type { CodeMark } from "./marks";
export { StaticCode, type StaticCodeProps } from "./StaticCode";
