/** What every storage holds at one point of the program. Never changed, only replaced; `undefined` means that none holds anything. */
export type Frame = ReadonlyMap<object, unknown> | undefined;

interface FrameState {
  current: Frame;
  /** True once `enterWith` was used: from then on even an empty frame has to be restored. */
  entered: boolean;
}

const STATE = Symbol.for("tracebook.async-context.state");

/** One state per realm, so that several bundles which each contain this module follow the same context. */
function realmState(realm: typeof globalThis & { [STATE]?: FrameState }): FrameState {
  realm[STATE] ??= { current: undefined, entered: false };
  return realm[STATE];
}

const state = realmState(globalThis);
const reactions = Promise.prototype;
const schedule = Promise.prototype.then;
const settled = Promise.resolve();

/** The frame of the running code. */
export function currentFrame(): Frame {
  return state.current;
}

/** Whether a callback registered now can run as it is: there is nothing to restore and nothing to be shielded from. */
export function isFrameless(): boolean {
  return state.current === undefined && !state.entered;
}

/** Calls `callback` in `frame`; afterwards the caller's frame is current again, whatever happens. */
export function runInFrame<This, Args extends unknown[], Result>(
  frame: Frame,
  callback: (this: This, ...args: Args) => Result,
  self: This,
  ...args: Args
): Result {
  const previous = state.current;
  state.current = frame;
  try {
    return Reflect.apply(callback, self, args) as Result;
  } finally {
    state.current = previous;
  }
}

/** Runs one reaction of a promise in `frame`; a thenable that it returns is opened on behalf of the same frame. */
export function reactInFrame(frame: Frame, reaction: (outcome: unknown) => unknown, outcome: unknown): unknown {
  // The hot path of every await: no rest parameters here.
  const previous = state.current;
  state.current = frame;
  try {
    return carryFrame(reaction(outcome));
  } finally {
    state.current = previous;
  }
}

/** Makes `frame` current until the running callback ends. */
export function enterFrame(frame: Frame): void {
  state.current = frame;
  state.entered = true;
  // Outside any restored callback nothing would end the frame, and a later job would inherit it.
  Reflect.apply(schedule, settled, [leaveFrame]);
}

function leaveFrame(): void {
  state.current = undefined;
}

/** A function that runs `callback` in `frame` with the receiver and arguments that it gets. */
export function bindToFrame<This, Args extends unknown[], Result>(
  frame: Frame,
  callback: (this: This, ...args: Args) => Result,
): (this: This, ...args: Args) => Result {
  return function bound(this: This, ...args: Args): Result {
    return runInFrame(frame, callback, this, ...args);
  };
}

/**
 * Prepares a value for the resolution of a promise. The engine calls a thenable's `then` from a job of its own, where
 * no frame is current; so a thenable is replaced by one that calls `then` in the frame of now. Other values stay.
 */
export function carryFrame(value: unknown): unknown {
  if (isFrameless() || value === null || (typeof value !== "object" && typeof value !== "function")) return value;
  const then = readThen(value);
  // The ordinary `then` only passes the outcome on, so that it needs no frame.
  if (typeof then !== "function" || then === reactions.then) return value;
  const frame = state.current;
  return {
    // biome-ignore lint/suspicious/noThenProperty: standing in for a thenable is its purpose
    then: (...settle: unknown[]) => runInFrame(frame, then as (...args: unknown[]) => unknown, value, ...settle),
  };
}

function readThen(value: object): unknown {
  try {
    return (value as { then?: unknown }).then;
  } catch {
    // The engine reads it once more and rejects with what the getter throws.
    return undefined;
  }
}
