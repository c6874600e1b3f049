import type { CompileResult } from "@tracebook/playground/contract";

const KIND = "tracebook.compile";

/** What the page asks the TypeScript worker; it answers once, on the port that comes with the message. */
export interface CompileRequest {
  readonly kind: typeof KIND;
  readonly path: string;
  readonly source: string;
  readonly isEntry: boolean;
}

/** `failure` is a fault of the worker, never of the source. */
export type CompileReply = { readonly result: CompileResult } | { readonly failure: string };

export function compileRequest(path: string, source: string, isEntry: boolean): CompileRequest {
  return { kind: KIND, path, source, isEntry };
}

export function isCompileRequest(data: unknown): data is CompileRequest {
  return typeof data === "object" && data !== null && "kind" in data && data.kind === KIND;
}
