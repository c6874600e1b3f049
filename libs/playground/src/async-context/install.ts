import { patchEventTarget } from "./events";
import { AsyncLocalStorage } from "./local-storage";
import { patchPromises } from "./promises";
import type { Undo } from "./replace-method";
import { patchSchedulers } from "./schedulers";

interface Installation {
  users: number;
  readonly undo: Undo;
}

const INSTALLATION = Symbol.for("tracebook.async-context.installation");

type Realm = typeof globalThis & { [INSTALLATION]?: Installation; AsyncLocalStorage?: unknown };

function setGlobalStorage(realm: Realm): Undo {
  const before = Object.getOwnPropertyDescriptor(realm, "AsyncLocalStorage");
  // Reflect: a script's own variable of this name cannot be redefined, and that is no reason to fail.
  const shape = before && "value" in before ? before : { configurable: true, writable: true };
  Reflect.defineProperty(realm, "AsyncLocalStorage", { ...shape, value: AsyncLocalStorage });
  return () => {
    if (before) Reflect.defineProperty(realm, "AsyncLocalStorage", before);
    else Reflect.deleteProperty(realm, "AsyncLocalStorage");
  };
}

function patchAll(realm: Realm): Undo {
  const undos = [patchPromises(realm), patchSchedulers(realm), patchEventTarget(realm), setGlobalStorage(realm)];
  return () => {
    for (const undo of undos.reverse()) undo();
    delete realm[INSTALLATION];
  };
}

/**
 * Makes `AsyncLocalStorage` follow promises, timers, microtasks and events in a realm, and puts it on the global object.
 * Only code whose async functions were lowered to generators is followed: a native `await` does not go through
 * `Promise.prototype.then`. Not followed: a thenable given to the `resolve` of `new Promise`, and `on…` properties.
 *
 * Installations are counted: the realm is as before when each of them was undone.
 *
 * @returns the undo of this installation; calling it again does nothing.
 */
export function installAsyncContext(global: typeof globalThis = globalThis): Undo {
  const realm: Realm = global;
  realm[INSTALLATION] ??= { users: 0, undo: patchAll(realm) };
  const installation = realm[INSTALLATION];
  installation.users += 1;
  let active = true;
  return () => {
    if (!active) return;
    active = false;
    installation.users -= 1;
    if (installation.users === 0) installation.undo();
  };
}
