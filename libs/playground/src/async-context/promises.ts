import { carryFrame, currentFrame, type Frame, isFrameless, reactInFrame } from "./frame";
import { replaceMethod, type Undo } from "./replace-method";

/** A reaction that runs in `frame`. What is not a function the engine ignores, so it stays. */
function reactIn(frame: Frame, reaction: unknown): unknown {
  if (typeof reaction !== "function") return reaction;
  return (outcome: unknown) => reactInFrame(frame, reaction as (outcome: unknown) => unknown, outcome);
}

/** Reactions run in the frame in which they were registered. `catch`, `finally` and the combinators all end here. */
function patchThen(global: typeof globalThis): Undo {
  return replaceMethod(
    global.Promise.prototype,
    "then",
    (native) =>
      // Two named parameters, not rest: without any context this is one comparison and one call.
      function (this: unknown, onFulfilled?: unknown, onRejected?: unknown) {
        if (isFrameless()) return native.call(this, onFulfilled, onRejected);
        const frame = currentFrame();
        return native.call(this, reactIn(frame, onFulfilled), reactIn(frame, onRejected));
      },
  );
}

/** The `then` of a thenable runs in the frame in which the thenable was handed over. */
function patchResolve(global: typeof globalThis): Undo {
  return replaceMethod(
    global.Promise,
    "resolve",
    (native) =>
      function (this: unknown, value?: unknown) {
        // A promise of the very same class is given back as it is.
        if (isFrameless() || (value instanceof global.Promise && value.constructor === this)) {
          return native.call(this, value);
        }
        return native.call(this, carryFrame(value));
      },
  );
}

export function patchPromises(global: typeof globalThis): Undo {
  const undos = [patchThen(global), patchResolve(global)];
  return () => {
    for (const undo of undos) undo();
  };
}
