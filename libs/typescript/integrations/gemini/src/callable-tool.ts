/** A tool that the client runs by itself when the model calls one of the functions that it declares. */
export interface CallableTool {
  tool(): Promise<unknown>;
  callTool(calls: unknown): Promise<unknown>;
}

export function isCallableTool(tool: unknown): tool is CallableTool {
  return typeof (tool as Partial<CallableTool> | null | undefined)?.callTool === "function";
}
