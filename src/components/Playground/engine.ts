import type { Engine } from "@tracebook/playground/contract";

let engine: Promise<Engine> | null = null;

/**
 * The engine that all playgrounds of a page share. It is loaded when a reader first reaches for one; a failed load is tried
 * again the next time.
 */
export function loadEngine(): Promise<Engine> {
  engine ??= import(/* webpackChunkName: "playground-engine" */ "./sandbox-engine").then((module) => module.engine);
  engine.catch(() => {
    engine = null;
  });
  return engine;
}
