import type { CompileResult } from "@tracebook/playground/contract";
import { type CompileReply, isCompileRequest } from "./compile-request";

/** The part of a worker's scope, or of a port, that requests arrive at. */
export interface RequestSource {
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

type Lower = (path: string, source: string, options: { readonly entry: boolean }) => CompileResult;

/** Answers compile requests with `lower`. Other messages pass by untouched: they belong to Monaco, which shares the worker. */
export function serveCompile(source: RequestSource, lower: Lower): void {
  source.addEventListener("message", (event) => {
    if (!isCompileRequest(event.data)) return;
    event.stopImmediatePropagation();
    event.ports[0]?.postMessage(answer(lower, event.data));
  });
}

function answer(
  lower: Lower,
  { path, source, isEntry }: { path: string; source: string; isEntry: boolean },
): CompileReply {
  try {
    return { result: lower(path, source, { entry: isEntry }) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
