export { createNodeEngine, type NodeOptions } from "./engine";
