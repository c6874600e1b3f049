/** A tool as offered to a model, whatever the provider calls its parts. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON schema of the arguments. */
  readonly schema: unknown;
}

export interface ToolCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A call that has come back. */
export interface ToolResult extends ToolCall {
  readonly text: string;
  readonly isError: boolean;
}

/** A request to a chat model, free of any provider's wire format. */
export interface Conversation {
  readonly model: string;
  readonly system: string;
  /** Text of the last user message that has any. */
  readonly userText: string;
  /** 1 for the first request; one more than the answers that the request carries. */
  readonly turn: number;
  /** Results since `userText`, in order. */
  readonly toolResults: readonly ToolResult[];
  readonly tools: readonly Tool[];
  /** `auto`: as the model likes; `any`: some tool; `none`: no tool; otherwise exactly the named one. */
  readonly toolChoice: "auto" | "any" | "none" | { readonly name: string };
  /** Whether several tools may be called at once. */
  readonly parallelTools: boolean;
  /** JSON schema that the text of the answer must satisfy; an empty one allows any object. */
  readonly outputSchema?: unknown;
  /** How many pictures came with `userText`. */
  readonly pictures?: number;
}

/** What a model says. */
export interface ModelAnswer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
}
