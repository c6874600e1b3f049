import { type ChildProcess, fork } from "node:child_process";
import { type BundleManifest, bundleAssets, type Requirements } from "../../bundles/manifest";
import type { Engine } from "../../contract";
import type { ChildRequest } from "../../runtime/child";
import { type Backend, type Connection, createEngine, type EngineOptions } from "../backend";

export interface NodeOptions extends EngineOptions {
  /** The bundles that were built for Node.js; their URLs are file paths. */
  readonly manifest: BundleManifest;
}

/** A run knows nothing of the machine's repository, and leaves no unsent traces for the next run to send. */
const ALONE = { MLFLOW_DISABLE_GIT_METADATA: "true", MLFLOW_TRACE_SPILL_DIR: "" };

/** Programs run in a child process each, with native async functions. It has the network of its machine: never for a stranger's code. */
export function createNodeEngine({ manifest, ...options }: NodeOptions): Engine {
  return createEngine(nodeBackend(manifest), options);
}

function nodeBackend(manifest: BundleManifest): Backend {
  return {
    name: "node",
    label: "Node.js",
    connect: async (needs) => connection(manifest, needs),
    warm: async () => {},
    dispose: () => {},
  };
}

function connection(manifest: BundleManifest, needs: Requirements): Connection {
  const child = fork(manifest.runtime.url, [], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { PATH: process.env.PATH, ...ALONE },
    execArgv: [],
  });
  const [, ...bundles] = bundleAssets(manifest, needs).map((asset) => asset.url);
  return {
    start(request, receive, failed) {
      child.on("message", receive);
      reportCrash(child, failed);
      child.send({ bundles, request } satisfies ChildRequest);
    },
    kill: () => void child.kill("SIGKILL"),
  };
}

/** A child that goes without saying why (out of memory, `process.exit` in the program) is explained by its last words. */
function reportCrash(child: ChildProcess, failed: (message: string) => void): void {
  let lastWords = "";
  child.stderr?.on("data", (data: Buffer) => {
    lastWords = (lastWords + data.toString()).slice(-2_000);
  });
  child.on("error", (error) => failed(error.message));
  child.on("exit", (code, signal) => failed(lastWords.trim() || `The process ended with ${signal ?? `code ${code}`}.`));
}
