import { bindToFrame, currentFrame, isFrameless } from "./frame";
import { type Method, replaceMethod, type Undo } from "./replace-method";

const SCHEDULERS = [
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "requestAnimationFrame",
  "requestIdleCallback",
] as const;

/** A scheduler whose callback runs in the frame in which it was scheduled. */
function keepFrame(native: Method, owner: object): Method {
  return function (this: unknown, callback: unknown, ...rest: unknown[]) {
    const keep = typeof callback === "function" && !isFrameless();
    return native.call(this ?? owner, keep ? bindToFrame(currentFrame(), callback as Method) : callback, ...rest);
  };
}

/** Patches those schedulers that the realm has: timers, microtasks, animation frames and, in Node.js, `process.nextTick`. */
export function patchSchedulers(global: typeof globalThis): Undo {
  const undos = SCHEDULERS.map((name) => replaceMethod(global, name, (native) => keepFrame(native, global)));
  const { process } = global as { process?: object };
  if (process) undos.push(replaceMethod(process, "nextTick", (native) => keepFrame(native, process)));
  return () => {
    for (const undo of undos) undo();
  };
}
