import { currentFrame, type Frame, runInFrame } from "./frame";
import { type Method, replaceMethod, type Undo } from "./replace-method";

type Listener = Method | { handleEvent?: unknown };

/** What stands in for one listener of one event type and phase at one target. */
interface Registration {
  frame: Frame;
  readonly listener: Method;
}

/** Weak in target and listener, so that a registration lives as long as both. */
type Registry = WeakMap<object, WeakMap<Listener, Map<string, Registration>>>;

function isListener(value: unknown): value is Listener {
  return typeof value === "function" || (typeof value === "object" && value !== null);
}

/** Type and capture phase: what tells listeners apart besides the callback. */
function registrationKey(type: unknown, options: unknown): string {
  const capture = typeof options === "object" && options !== null ? Reflect.get(options, "capture") : options;
  return `${capture ? "capture" : "bubble"} ${String(type)}`;
}

/** The same stand-in for the same registration, so that the target still sees duplicates as duplicates. */
function register(registry: Registry, target: object, listener: Listener, key: string): Registration {
  const listeners = registry.get(target) ?? new WeakMap<Listener, Map<string, Registration>>();
  registry.set(target, listeners);
  const registrations = listeners.get(listener) ?? new Map<string, Registration>();
  listeners.set(listener, registrations);
  const registration = registrations.get(key) ?? standIn(listener);
  registrations.set(key, registration);
  return registration;
}

function standIn(listener: Listener): Registration {
  const registration: Registration = {
    frame: undefined,
    listener(...args) {
      if (typeof listener === "function") return runInFrame(registration.frame, listener, this, ...args);
      return runInFrame(registration.frame, callHandler, listener, ...args);
    },
  };
  return registration;
}

/** The handler is looked up at each event, as the DOM does it. */
function callHandler(this: { handleEvent?: unknown }, ...args: unknown[]): unknown {
  return (this.handleEvent as Method).apply(this, args);
}

/**
 * Listeners run in the frame in which they were added; adding one again hands it the newer frame and changes nothing else.
 * After the undo, listeners added before it stay where they are and can no longer be removed.
 */
export function patchEventTarget(global: typeof globalThis): Undo {
  const registry: Registry = new WeakMap();
  const prototype: object | undefined = global.EventTarget?.prototype;
  const undoAdd = replaceMethod(
    prototype,
    "addEventListener",
    (native) =>
      function (this: unknown, type: unknown, listener: unknown, options?: unknown) {
        const target = this ?? global;
        if (!isListener(listener)) return native.call(target, type, listener, options);
        const registration = register(registry, target, listener, registrationKey(type, options));
        registration.frame = currentFrame();
        return native.call(target, type, registration.listener, options);
      },
  );
  const undoRemove = replaceMethod(
    prototype,
    "removeEventListener",
    (native) =>
      function (this: unknown, type: unknown, listener: unknown, options?: unknown) {
        const target = this ?? global;
        const registrations = isListener(listener) ? registry.get(target)?.get(listener) : undefined;
        const key = registrationKey(type, options);
        const registration = registrations?.get(key);
        registrations?.delete(key);
        if (registration) native.call(target, type, registration.listener, options);
        // Added before this patch, perhaps.
        return native.call(target, type, listener, options);
      },
  );
  return () => {
    undoAdd();
    undoRemove();
  };
}
