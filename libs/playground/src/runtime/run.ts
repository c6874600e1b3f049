import * as v from "valibot";
import { type ErrorEvent, type RunEvent, TraceSchema } from "../contract";
import { createBudget } from "./budget";
import { connectProgram, type prepareRealm, type Realm, type RunRequest } from "./environment";
import { describeFailure } from "./failure";
import type { Registry } from "./registry";

/** Turns of the event loop without activity after which a program has ended: promises of two hops may still be settling. */
const QUIET_TURNS = 3;

interface Entry {
  __main?: () => Promise<unknown>;
}

/**
 * Runs one program to its end: evaluates its files, calls the lowered main function, waits until nothing keeps it alive,
 * flushes the SDK, reads the traces back from the tracking server and says how it went. Never rejects.
 */
export async function runProgram(
  realm: Realm,
  registry: Registry,
  prepared: ReturnType<typeof prepareRealm>,
  request: RunRequest,
  post: (message: string) => void,
): Promise<void> {
  const budget = createBudget(post);
  const { emit } = budget;
  let failed = false;
  const fail = (thrown: unknown, kind: ErrorEvent["kind"]) => {
    failed = true;
    emit(describeFailure(thrown, kind));
  };

  const uncaught = new Promise<void>((resolve) => {
    realm.onUncaught((thrown, kind) => {
      fail(thrown, kind);
      resolve();
    });
  });
  try {
    const trackingServer = connectProgram(registry, request, prepared, budget);
    await Promise.race([execute(realm, registry, prepared, request, fail), uncaught]);
    await flush(registry);
    for (const trace of trackingServer.list()) emitTrace(trace, emit);
  } catch (thrown) {
    fail(thrown, "engine");
  }
  const dropped = budget.dropped();
  if (dropped) emit(dropped);
  emit({ type: "exit", ok: !failed });
}

async function execute(
  realm: Realm,
  registry: Registry,
  prepared: ReturnType<typeof prepareRealm>,
  request: RunRequest,
  fail: (thrown: unknown, kind: ErrorEvent["kind"]) => void,
): Promise<void> {
  try {
    defineFiles(realm, request.files);
    const entry = registry.require(request.entry) as Entry;
    await entry.__main?.();
  } catch (thrown) {
    fail(thrown, "thrown");
    return;
  }
  await settle(realm, prepared.activity.count);
}

/** Files that were defined in a realm already, by path. */
const defined = new WeakMap<Realm, Map<string, string>>();

/**
 * Makes files known to the registry without running any of their code. A file that is defined already costs nothing, so
 * that a realm can be given a program before its reader runs it.
 */
export function defineFiles(realm: Realm, files: RunRequest["files"]): void {
  const known = defined.get(realm) ?? new Map<string, string>();
  defined.set(realm, known);
  for (const [path, code] of Object.entries(files)) {
    if (known.get(path) === code) continue;
    realm.evaluate(wrapFile(path, code), path);
    known.set(path, code);
  }
}

/** The file as a module definition. Everything stays on its line, and the name makes stack frames say `main.ts:12:5`. */
export function wrapFile(path: string, code: string): string {
  return `__tracebook.define(${JSON.stringify(path)},function(require,module,exports){${code}\n})\n//# sourceURL=${path}`;
}

async function settle(realm: Realm, activity: () => number): Promise<void> {
  let quiet = 0;
  while (quiet < QUIET_TURNS) {
    await realm.turn();
    quiet = activity() === 0 ? quiet + 1 : 0;
  }
}

/** Waits for the exports that are under way; a program that never loaded the SDK has none. */
async function flush(registry: Registry): Promise<void> {
  if (!registry.isLoaded("mlflow-tracing")) return;
  const { flushTraces } = registry.require("mlflow-tracing") as { flushTraces(): Promise<void> };
  await flushTraces();
}

function emitTrace(record: { info: unknown; spans: unknown }, emit: (event: RunEvent) => void): void {
  const trace = v.safeParse(TraceSchema, { info: record.info, data: { spans: record.spans ?? [] } });
  if (trace.success) {
    emit({ type: "trace", trace: trace.output });
    return;
  }
  const problems = JSON.stringify(v.flatten(trace.issues));
  emit(describeFailure(new TypeError(`The tracking server holds a malformed trace: ${problems}`), "engine"));
}
