import type { BundleManifest } from "../../bundles/manifest";
import type { Engine } from "../../contract";
import { createEngine, type EngineOptions } from "../backend";
import { sandboxBackend } from "./backend";
import type { FetchText } from "./bundle-texts";

export interface SandboxOptions extends EngineOptions {
  /** The bundles that were built for the sandbox. */
  readonly manifest: BundleManifest;
  /** Loads the text of a bundle; the default fetches it from the site. */
  readonly fetchText?: FetchText;
}

/**
 * The engine of the page: TypeScript in a worker of an opaque-origin frame, without network.
 *
 * @example
 * const engine = createSandboxEngine({ manifest, compile });
 * const result = await engine.run(program, (event) => console.log(event), new AbortController().signal);
 */
export function createSandboxEngine({ manifest, fetchText, ...options }: SandboxOptions): Engine {
  return createEngine(sandboxBackend(manifest, fetchText), options);
}
