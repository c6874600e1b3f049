export { type Script as OpenAIScript, ScriptSchema as OpenAIScriptSchema } from "../script/schema";
export { createOpenAI, type OpenAIOptions } from "./service";
