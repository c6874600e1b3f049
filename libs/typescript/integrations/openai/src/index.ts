export { type TracedOpenAIOptions, tracedOpenAI } from "./traced-openai.js";
