// @ts-check
/** Serves what is built in `build/`, at the port in PORT or the next free one: `node scripts/serve.mjs`. */
import { requireNode } from "./setup/node-version.mjs";

requireNode();
import("./setup/serve.mjs").then(({ serve }) => serve());
