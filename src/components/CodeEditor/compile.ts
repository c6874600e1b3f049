import type { Compile, CompileResult } from "@tracebook/playground/contract";
import { cachedCompile } from "./compile-cache";
import { type CompileReply, compileRequest } from "./worker/compile-request";
import { onWorkerLost, typescriptWorker } from "./worker/typescript-worker";

/**
 * Compiles in the page's TypeScript worker, the one that Monaco uses too. Nothing is loaded before the first call, and the
 * call loads no editor. The same source is compiled once.
 *
 * @throws {Error} (a rejection) when the compiler cannot be loaded, e.g. offline; the next call tries again
 */
export const compileInWorker: Compile = cachedCompile(ask);

function ask(path: string, source: string, isEntry: boolean): Promise<CompileResult> {
  const { port1, port2 } = new MessageChannel();
  const reply = new Promise<CompileResult>((resolve, reject) => {
    const forget = onWorkerLost(reject);
    port1.onmessage = ({ data }: MessageEvent<CompileReply>) => {
      forget();
      if ("result" in data) resolve(data.result);
      else reject(new Error(data.failure));
    };
    typescriptWorker().postMessage(compileRequest(path, source, isEntry), [port2]);
  });
  return reply.finally(() => port1.close());
}
