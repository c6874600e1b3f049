import type { Compile, CompileResult } from "@tracebook/playground/contract";

/**
 * `compile` with a memory: the same source is compiled once, also when it is asked for twice at the same time. Failures of
 * the compiler itself are not kept.
 *
 * @param limit number of results kept; the one that was not asked for the longest goes first
 */
export function cachedCompile(compile: Compile, limit = 32): (...args: Parameters<Compile>) => Promise<CompileResult> {
  const results = new Map<string, Promise<CompileResult>>();
  return (path, source, isEntry) => {
    const key = JSON.stringify([path, isEntry, source]);
    const known = results.get(key);
    const result = known ?? Promise.resolve().then(() => compile(path, source, isEntry));
    results.delete(key);
    results.set(key, result);
    if (known) return known;
    result.catch(() => {
      if (results.get(key) === result) results.delete(key);
    });
    const [oldest] = results.keys();
    if (results.size > limit && oldest !== undefined) results.delete(oldest);
    return result;
  };
}
