/** The runtime of the node engine: native async functions and Node's own AsyncLocalStorage, the same harness otherwise. */
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import vm from "node:vm";
import * as tslib from "tslib";
import { prepareRealm, type Realm, type RunRequest } from "./environment";
import { createRegistry } from "./registry";
import { runProgram } from "./run";

/** The parent's one message: which bundles to evaluate, then what to run. */
export interface ChildRequest {
  readonly bundles: readonly string[];
  readonly request: RunRequest;
}

const registry = createRegistry((name) => (isBuiltin(name) ? require(name) : undefined));
const immediate = setImmediate;
const prepared = prepareRealm();
registry.define("tslib", (_require, module) => {
  module.exports = tslib;
});
Object.assign(globalThis, { __tracebook: { define: registry.define } });

const realm: Realm = {
  evaluate: (script, path) => void vm.runInThisContext(script, { filename: path }),
  onUncaught(listener) {
    process.on("uncaughtException", (error) => listener(error, "thrown"));
    process.on("unhandledRejection", (reason) => listener(reason, "rejection"));
  },
  turn: () => new Promise((resolve) => immediate(resolve)),
};

process.once("message", async (message) => {
  const { bundles, request } = message as ChildRequest;
  let delivered: Promise<unknown> = Promise.resolve();
  const post = (text: string) => {
    delivered = new Promise((resolve) => process.send?.(text, undefined, undefined, resolve));
  };
  for (const file of bundles) realm.evaluate(readFileSync(file, "utf8"), file);
  await runProgram(realm, registry, prepared, request, post);
  await delivered;
  // A program may leave sockets or timers behind that its run does not wait for.
  process.exit(0);
});
