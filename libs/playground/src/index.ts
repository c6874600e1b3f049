/** Everything a page needs to run programs: the contract, the bundles' manifest and the sandbox. Nothing here needs Node.js. */
export * from "./bundles/manifest";
export * from "./contract";
export { createSandboxEngine, type SandboxOptions } from "./engines/sandbox";
