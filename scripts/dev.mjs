// @ts-check
/** `npm run dev`: the site with hot reloading, at the port in PORT or the next free one. */
import { requireNode } from "./setup/node-version.mjs";

requireNode();
import("./setup/dev.mjs").then(({ dev }) => dev());
