import { toJsonText } from "../model/json-value";
import type { SpanNode } from "../model/span-node";
import { readConversation } from "./read-conversation";

/** The call of a model that asked for a tool. */
export interface ToolCaller {
  readonly node: SpanNode;
  /** The provider's id of the tool call; empty when it has none. */
  readonly callId: string;
}

/** How many spans before the tool are looked at. */
const LOOK_BACK = 100;
const MODEL_TYPES: ReadonlySet<string> = new Set(["LLM", "CHAT_MODEL"]);

/** Finds the last answer of a model that called this TOOL span by name with these inputs. */
export function findToolCaller(nodes: readonly SpanNode[], tool: SpanNode): ToolCaller | null {
  if (tool.type !== "TOOL" || !tool.inputs) return null;
  const input = toJsonText(tool.inputs.value);
  for (let index = tool.index - 1; index >= Math.max(0, tool.index - LOOK_BACK); index--) {
    const node = nodes[index];
    if (!node || !MODEL_TYPES.has(node.type) || (node.endMs ?? Number.POSITIVE_INFINITY) > tool.startMs) continue;
    const callId = callIdIn(node, tool.name, input);
    if (callId !== null) return { node, callId };
  }
  return null;
}

function callIdIn(node: SpanNode, name: string, input: string): string | null {
  for (const message of readConversation(node.outputs?.value)?.messages ?? []) {
    for (const part of message.parts) {
      if (part.kind === "tool-call" && part.name === name && toJsonText(part.input) === input) return part.id;
    }
  }
  return null;
}
