import { type Call, CREATED } from "../call";
import type { NamedModel } from "../models/models";
import type { Spoken } from "../spoken";
import type { TokenCounts } from "../usage";
import type { ResponsesRequest } from "./schema";

export interface SummaryText {
  readonly type: "summary_text";
  readonly text: string;
}

export type MessagePart =
  | { readonly type: "output_text"; readonly annotations: []; readonly logprobs: []; readonly text: string }
  | { readonly type: "refusal"; readonly refusal: string };

type ItemStatus = "in_progress" | "completed" | "incomplete";

export interface ReasoningItem {
  readonly id: string;
  readonly type: "reasoning";
  readonly summary: SummaryText[];
  readonly encrypted_content?: string;
}

export interface MessageItem {
  readonly id: string;
  readonly type: "message";
  readonly status: ItemStatus;
  readonly role: "assistant";
  readonly content: MessagePart[];
}

export interface FunctionCallItem {
  readonly id: string;
  readonly type: "function_call";
  readonly status: ItemStatus;
  readonly arguments: string;
  readonly call_id: string;
  readonly name: string;
}

export type ResponseItem = ReasoningItem | MessageItem | FunctionCallItem;

/** An answer in the API's shape; the settings of the request come back with it. */
export interface ResponseObject {
  readonly id: string;
  readonly status: ItemStatus;
  readonly output: readonly ResponseItem[];
  readonly [key: string]: unknown;
}

/** The items of an answer: reasoning, then a message, then calls. */
export function toOutput(call: Call, spoken: Spoken, request: ResponsesRequest): ResponseItem[] {
  const items: ResponseItem[] = [];
  if (spoken.thinking !== undefined) items.push(reasoningItem(call, spoken.thinking, request));
  const part = messagePart(spoken);
  if (part) {
    const status = spoken.end === "length" ? "incomplete" : "completed";
    items.push({ id: call.hexId("msg_", "message"), type: "message", status, role: "assistant", content: [part] });
  }
  const calls = spoken.calls.map(({ name, input }, index) => ({
    id: call.hexId("fc_", `item:${index}`),
    type: "function_call" as const,
    status: "completed" as const,
    arguments: input,
    call_id: call.textId("call_", `call:${index}`),
    name,
  }));
  return [...items, ...calls];
}

function reasoningItem(call: Call, thinking: string, { reasoning, include }: ResponsesRequest): ReasoningItem {
  const summary: SummaryText[] = reasoning?.summary == null ? [] : [{ type: "summary_text", text: thinking }];
  const encrypted = include?.includes("reasoning.encrypted_content") === true;
  return {
    id: call.hexId("rs_", "reasoning"),
    type: "reasoning",
    summary,
    ...(encrypted ? { encrypted_content: call.textId("gAAAAA", "encrypted", 100) } : {}),
  };
}

function messagePart({ text, refusal, calls, end }: Spoken): MessagePart | undefined {
  if (refusal !== undefined) return { type: "refusal", refusal };
  if (text === "" && (calls.length > 0 || end === "length")) return undefined;
  return { type: "output_text", annotations: [], logprobs: [], text };
}

interface Ingredients {
  readonly id: string;
  readonly request: ResponsesRequest;
  readonly model: NamedModel;
  readonly reasons: boolean;
}

/** A response that has just begun: no output, no usage. */
export function openResponse({ id, request, model, reasons }: Ingredients): ResponseObject {
  const format = request.text?.format ?? { type: "text" };
  return {
    id,
    object: "response",
    created_at: CREATED,
    status: "in_progress",
    background: false,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: null,
    model: model.answersAs,
    output: [],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: request.previous_response_id ?? null,
    prompt_cache_key: request.prompt_cache_key ?? null,
    reasoning: { effort: request.reasoning?.effort ?? (reasons ? "medium" : null), summary: summaryKind(request) },
    safety_identifier: request.safety_identifier ?? null,
    service_tier: "default",
    store: request.store ?? true,
    temperature: request.temperature ?? 1,
    text: { format, verbosity: request.text?.verbosity ?? "medium" },
    tool_choice: request.tool_choice ?? "auto",
    tools: (request.tools ?? []).map(echoTool),
    top_logprobs: 0,
    top_p: request.top_p ?? 1,
    truncation: request.truncation ?? "disabled",
    usage: null,
    user: request.user ?? null,
    metadata: request.metadata ?? {},
  };
}

/** The server says which kind of summary it chose for `auto`. */
function summaryKind({ reasoning }: ResponsesRequest): string | null {
  return reasoning?.summary === "auto" ? "detailed" : (reasoning?.summary ?? null);
}

/** Functions are strict unless the request says otherwise. */
function echoTool(tool: NonNullable<ResponsesRequest["tools"]>[number]): object {
  if (tool.type !== "function") return tool;
  const { type, description, name, parameters, strict, ...rest } = tool;
  return {
    type,
    description: description ?? null,
    name,
    parameters: parameters ?? null,
    strict: strict ?? true,
    ...rest,
  };
}

/** The finished response: cut short where a limit ended it. */
export function closeResponse(
  open: ResponseObject,
  spoken: Spoken,
  output: readonly ResponseItem[],
  counts: TokenCounts,
): ResponseObject {
  const cut = spoken.end === "length";
  return {
    ...open,
    status: cut ? "incomplete" : "completed",
    incomplete_details: cut ? { reason: "max_output_tokens" } : null,
    output,
    usage: {
      input_tokens: counts.input,
      input_tokens_details: { cached_tokens: counts.cached },
      output_tokens: counts.output,
      output_tokens_details: { reasoning_tokens: counts.reasoning },
      total_tokens: counts.input + counts.output,
    },
  };
}
