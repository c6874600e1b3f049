export { type Script, type ScriptReply, ScriptSchema } from "./schema";
export { readScript, ScriptPlayer } from "./script";
