import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Position } from "../contract";
import { parseStack, type StackFrame, stackMessage } from "./stack";

export { parseStack, type StackFrame } from "./stack";

/** Where a place in the lowered code comes from. Lines and columns count from 1; null when nothing is known of it. */
export function originalPosition(map: string, line: number, column: number): { line: number; column: number } | null {
  const tracer = readMap(map);
  return tracer && trace(tracer, line, column);
}

/** An error's stack as the program's reader can use it. */
export interface MappedError {
  /** The innermost place in one of the reader's files, or null. */
  readonly at: Position | null;
  /** The message and those frames that lie in the reader's files, as V8 writes them; the stack itself when there are none. */
  readonly stack: string;
}

/**
 * Leads a stack back to the reader's files.
 *
 * @param stack the `stack` of an error, from any browser or Node.js.
 * @param maps the source map of each file by its path, which is also the `sourceURL` that the code ran under.
 * @param lineOffset lines of the executed script before the first line of lowered code.
 */
export function mapError(stack: string, maps: Readonly<Record<string, string>>, lineOffset = 0): MappedError {
  const tracers = new Map<string, TraceMap | null>();
  const mapped = parseStack(stack).flatMap((frame) => {
    const file = findFile(Object.keys(maps), frame.file);
    if (file === undefined) return [];
    if (!tracers.has(file)) tracers.set(file, readMap(maps[file] ?? ""));
    const tracer = tracers.get(file);
    const place = tracer && trace(tracer, frame.line - lineOffset, frame.column);
    return place ? [{ ...frame, ...place, file }] : [];
  });
  const [first] = mapped;
  if (!first) return { at: null, stack };
  const at = { file: first.file, line: first.line, column: first.column };
  return { at, stack: [...stackMessage(stack), ...mapped.map(formatFrame)].join("\n") };
}

function formatFrame({ file, line, column, functionName }: StackFrame): string {
  const place = `${file}:${line}:${column}`;
  return functionName ? `    at ${functionName} (${place})` : `    at ${place}`;
}

/** A browser may print the name of a script as an address; the longest path that ends it is meant. */
function findFile(paths: readonly string[], printed: string): string | undefined {
  if (paths.includes(printed)) return printed;
  const ending = paths.filter((path) => printed.endsWith(`/${path}`));
  return ending.sort((a, b) => b.length - a.length)[0];
}

/** A broken map maps nothing: an error that is being reported must not fail once more. */
function readMap(map: string): TraceMap | null {
  try {
    return new TraceMap(map);
  } catch {
    return null;
  }
}

function trace(tracer: TraceMap, line: number, column: number): { line: number; column: number } | null {
  if (!(line >= 1) || !(column >= 1)) return null;
  const found = originalPositionFor(tracer, { line, column: column - 1 });
  return found.line === null ? null : { line: found.line, column: found.column + 1 };
}
