/** The root project checks no JavaScript; `scripts/tsconfig.json` does, with full types, the tests included. */
declare module "*.mjs";
