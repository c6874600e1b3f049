// @ts-check
/** `npm test`: installs and builds what is missing, then runs every check; the last line is `N passed, N failed`. */
import { requireNode } from "./setup/node-version.mjs";

requireNode();
import("./setup/test.mjs").then(({ test }) => test());
