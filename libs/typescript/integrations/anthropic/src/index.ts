export { tracedAnthropic } from "./traced-anthropic.js";
