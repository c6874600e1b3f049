export type { Compiler } from "./compiler";
export { ENTRY_FUNCTION } from "./entry";
export { importedModules } from "./imports";
export { type LowerOptions, lower } from "./lower";
export { type MappedError, mapError, originalPosition, parseStack, type StackFrame } from "./positions";
