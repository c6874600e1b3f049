/**
 * The runtime of the sandbox: the first script of every worker. It takes what it needs from the global scope before the
 * program's packages and the program itself are evaluated, and takes away what could reach around the budget.
 */
import {
  AsyncLocalStorage,
  AsyncResource,
  executionAsyncId,
  installAsyncContext,
  triggerAsyncId,
  tslib,
} from "../async-context";
import { prepareRealm, type Realm, type RealmMessage, type RunRequest } from "./environment";
import { createRegistry } from "./registry";
import { defineFiles, runProgram } from "./run";
import { warmRealm } from "./warm";

declare function importScripts(...urls: string[]): void;

const scope = globalThis as unknown as DedicatedWorkerGlobalScopeLike;

interface DedicatedWorkerGlobalScopeLike {
  onmessage: ((event: MessageEvent) => void) | null;
  addEventListener: typeof globalThis.addEventListener;
  __tracebook: { define: ReturnType<typeof createRegistry>["define"] };
}

const registry = createRegistry();
const turn = macrotaskTurn();
const prepared = prepareRealm();
installAsyncContext();
registry.define("tslib", (_require, module) => {
  module.exports = tslib;
});
for (const name of ["node:async_hooks", "async_hooks"]) {
  registry.define(name, (_require, module) => {
    module.exports = { AsyncLocalStorage, AsyncResource, executionAsyncId, triggerAsyncId };
  });
}
scope.__tracebook = { define: registry.define };
polyfillRandomUuid();
// Programs and SDKs read their keys from here, as in Node.js; nothing else of `process` is promised.
Object.assign(globalThis, { process: { env: {} } });
const listen = addEventListener.bind(globalThis);
removeWaysOut();

const realm: Realm = {
  evaluate: evaluateScript(),
  onUncaught(listener) {
    listen("error", (event) => {
      event.preventDefault();
      listener(event.error ?? event.message, "thrown");
    });
    listen("unhandledrejection", (event) => {
      event.preventDefault();
      listener(event.reason, "rejection");
    });
  },
  turn,
};

scope.onmessage = ({ ports: [port] }) => {
  scope.onmessage = null;
  if (!port) return;
  const warmed = warmRealm(registry);
  const post = port.postMessage.bind(port);
  port.onmessage = async ({ data }) => {
    const message = data as RealmMessage;
    await warmed;
    if (message.type === "prepare") return prepareFiles(message.files);
    port.onmessage = null;
    await runProgram(realm, registry, prepared, message.request, post);
  };
};

/** A file that cannot even be defined will say so when it is run. */
function prepareFiles(files: RunRequest["files"]): void {
  try {
    defineFiles(realm, files);
  } catch {
    // e.g. syntax that the compiler lets through and the browser does not.
  }
}

/** A turn of the event loop by a message to ourselves: timers are patched, throttled and slower. */
function macrotaskTurn(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  const post = port2.postMessage.bind(port2);
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      post(0);
    });
}

/** Scripts are evaluated from blob URLs, so that the policy needs no `unsafe-eval`. */
function evaluateScript(): Realm["evaluate"] {
  const load = importScripts;
  const { createObjectURL, revokeObjectURL } = URL;
  return (script) => {
    const url = createObjectURL(new Blob([script], { type: "text/javascript" }));
    try {
      load(url);
    } finally {
      revokeObjectURL(url);
    }
  };
}

/** Missing in Chromium's opaque origins, which are not secure contexts; `getRandomValues` is there. */
function polyfillRandomUuid(): void {
  if (typeof crypto.randomUUID === "function") return;
  const randomUUID = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
}

/** Messages to the frame would go round the budget, and workers of the program would outlive its run. */
function removeWaysOut(): void {
  const names = ["postMessage", "Worker", "SharedWorker", "BroadcastChannel", "close"];
  for (
    let target: object | null = globalThis;
    target && target !== Object.prototype;
    target = Object.getPrototypeOf(target)
  ) {
    for (const name of names) {
      if (!Object.hasOwn(target, name)) continue;
      Object.defineProperty(target, name, { value: undefined, writable: true, configurable: false });
    }
  }
}
