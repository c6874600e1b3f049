export type { PlaygroundExample } from "./example";
export { Playground } from "./Playground";
export { WidePlayground } from "./WidePlayground";
