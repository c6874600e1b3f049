export { type Script as AnthropicScript, ScriptSchema as AnthropicScriptSchema } from "../script/schema";
export { type AnthropicOptions, createAnthropic } from "./service";
