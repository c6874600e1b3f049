export { type Script as GeminiScript, ScriptSchema as GeminiScriptSchema } from "../script/schema";
export { createGemini, type GeminiOptions } from "./service";
