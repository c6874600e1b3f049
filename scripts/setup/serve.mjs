// @ts-check
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { listen, portFromEnvironment } from "../server/listen.mjs";
import { createSiteHandler } from "../server/site-server.mjs";
import { BUILD } from "./build.mjs";
import { main, StepFailure } from "./steps.mjs";

/** Serves `build/` until the process is told to end. */
export async function serveBuild() {
  if (!existsSync(join(BUILD, "index.html"))) throw new StepFailure("There is no build/ to serve: run `npm start`.");
  const { env } = process;
  const handler = createSiteHandler(BUILD);
  const { port, close } = await listen(() => createServer(handler), {
    host: env.HOST || undefined,
    port: portFromEnvironment(env.PORT),
    strict: env.TRACEBOOK_STRICT_PORT === "1",
    log: (line) => console.log(line),
  });
  const host = !env.HOST || env.HOST === "0.0.0.0" || env.HOST === "::" ? "localhost" : env.HOST;
  console.log(`\nTracebook is at http://${host.includes(":") ? `[${host}]` : host}:${port}/`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      console.error(`\nStopped by ${signal}.`);
      close();
    });
  }
}

/** Serves the site as a command of its own. */
export function serve() {
  return main(serveBuild);
}
