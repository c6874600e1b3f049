import manifest from "@bundles/manifest.json";
import { createSandboxEngine } from "@tracebook/playground";
import { compileInWorker } from "../CodeEditor/compile";

/** The sandbox over the bundles that were built with the site. */
export const engine = createSandboxEngine({ manifest, compile: compileInWorker });
