export { type TracedGeminiOptions, tracedGemini } from "./traced-gemini.js";
