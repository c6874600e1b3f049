// @ts-check
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { serveBuild } from "./serve.mjs";
import { main } from "./steps.mjs";

/** Installs, builds and serves, doing only what is still to be done. */
export function start() {
  return main(async () => {
    await ensureInstalled();
    await ensureBuilt();
    await serveBuild();
  });
}
