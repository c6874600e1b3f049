// @ts-check
/** `npm start`: installs and builds what is missing, then serves the site. */
import { requireNode } from "./setup/node-version.mjs";

requireNode();
import("./setup/start.mjs").then(({ start }) => start());
