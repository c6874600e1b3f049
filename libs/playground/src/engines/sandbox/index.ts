export { createSandboxEngine, type SandboxOptions } from "./engine";
export { FRAME_DOCUMENT, FRAME_POLICY, FRAME_SCRIPT } from "./frame-document";
