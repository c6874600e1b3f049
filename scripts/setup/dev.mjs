// @ts-check
import { freePort, portFromEnvironment } from "../server/listen.mjs";
import { ensureInstalled } from "./install.mjs";
import { runPackage } from "./run.mjs";
import { expectSuccess, main } from "./steps.mjs";

/** Starts Docusaurus with hot reloading; the headers plugin gives its server the isolation headers. */
export function dev() {
  return main(async () => {
    await ensureInstalled();
    const host = process.env.HOST || "localhost";
    const strict = process.env.TRACEBOOK_STRICT_PORT === "1";
    const port = await freePort({
      host: process.env.HOST || undefined,
      port: portFromEnvironment(process.env.PORT),
      strict,
      log: (line) => console.log(line),
    });
    const args = ["start", "--host", host, "--port", String(port), "--no-open"];
    await expectSuccess(runPackage("@docusaurus/core/bin/docusaurus.mjs", args), "The development server has ended.");
  });
}
