export { instantClock } from "./instant";
export { realClock } from "./real";
export { installSimulatedTime, type SimulatedTime } from "./simulated";
