import { once } from "node:events";
import type { Browser } from "./browser";
import { within } from "./deadline";
import { endGroup, startGroup } from "./processes";

const RUN_MS = 60_000;

/** The text of the script that a page's address names in its query, for a program that has this address as its `location`. */
async function readScript(url: string): Promise<string> {
  const { origin, searchParams } = new URL(url);
  const response = await fetch(new URL(searchParams.get("script") ?? "", origin));
  if (!response.ok) throw new Error(`${response.status}: ${response.url}`);
  return `globalThis.location = new URL(${JSON.stringify(url)});\n${await response.text()}`;
}

/** This very Node.js, as one more place where a page's program can run: each address in a process of its own. */
export const node: Browser = {
  name: "Node.js",
  install: "",
  find: async () => process.execPath,
  async launch(path) {
    const problems: string[] = [];
    return {
      version: process.versions.node,
      problems,
      cutsRequestsOff: false,
      async open(url) {
        const script = await readScript(url);
        const child = startGroup(path, ["-"], { stdio: ["pipe", "inherit", "pipe"] });
        child.stderr?.on("data", (data) => problems.push(String(data)));
        child.stdin?.end(script);
        try {
          await within(RUN_MS, "A program in Node.js", once(child, "exit"));
        } finally {
          endGroup(child.pid);
        }
      },
      close: async () => {},
    };
  },
};
