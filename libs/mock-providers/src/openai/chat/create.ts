import type { MockReply } from "../../contract";
import type { Conversation } from "../../model/conversation";
import { countTokens } from "../../model/tokens";
import { wholeMs } from "../../provider/pace";
import { toConversation } from "../../provider/turns";
import type { Call } from "../call";
import { reasons, requireModel } from "../models/models";
import { parseBody } from "../parse";
import { stopList } from "../schema";
import { limitSpeech, speak } from "../spoken";
import { checkContext, overrideCounts, PER_MESSAGE, PER_REQUEST, pictureTokens, toolTokens } from "../usage";
import { completionChunks } from "./chunks";
import { complete, toBody } from "./completion";
import { checkChat } from "./rules";
import { type ChatRequest, ChatSchema, type Message } from "./schema";
import { partsOf, toTurns } from "./turns";

/** POST /v1/chat/completions. */
export function createChatCompletion(call: Call, json: unknown): MockReply {
  const request = parseBody(ChatSchema, json);
  const model = requireModel(request.model, "chat");
  checkChat(request);
  const input = countInput(request);
  checkContext(input, model.context, "messages");
  const speech = speak(call, conversationOf(request), reasons(request.model, request.reasoning_effort));
  const most = request.max_completion_tokens ?? request.max_tokens ?? model.context - input;
  const spoken = limitSpeech(speech, { stops: stopList(request.stop), most });
  const completion = complete(call, { request, model, spoken, stopReason: speech.stopReason });
  const counts = overrideCounts({ ...completion.counts, input }, speech.usage);
  const pace = call.pace({ model: request.model, tokens: spoken.outputTokens, latencyMs: speech.latencyMs });
  if (request.stream === true) {
    const includeUsage = request.stream_options?.include_usage === true;
    return call.stream(completionChunks({ ...completion, counts }, { pace, includeUsage }));
  }
  return call.json(toBody({ ...completion, counts }), wholeMs(pace, spoken.outputTokens));
}

function conversationOf(request: ChatRequest): Conversation {
  const { tools, tool_choice: choice, response_format: format } = request;
  const allowed = typeof choice === "object" && choice ? choice.allowed_tools : undefined;
  const names = allowed?.tools.map((tool) => Reflect.get(Object(tool.function), "name"));
  const offered = (tools ?? []).flatMap(({ function: tool }) => (tool ? [tool] : []));
  return toConversation(toTurns(request), {
    model: request.model,
    tools: offered
      .filter(({ name }) => !names || names.includes(name))
      .map(({ name, description, parameters }) => ({ name, description: description ?? "", schema: parameters ?? {} })),
    toolChoice: toolChoice(choice),
    parallelTools: request.parallel_tool_calls !== false,
    ...(format?.type === "json_schema" ? { outputSchema: format.json_schema?.schema ?? {} } : {}),
    ...(format?.type === "json_object" ? { outputSchema: {} } : {}),
  });
}

function toolChoice(choice: ChatRequest["tool_choice"]): Conversation["toolChoice"] {
  if (choice == null || choice === "auto") return "auto";
  if (choice === "none") return "none";
  if (choice === "required" || choice.allowed_tools?.mode === "required") return "any";
  return choice.function ? { name: choice.function.name } : "auto";
}

function countInput({ messages, tools }: ChatRequest): number {
  return PER_REQUEST + messages.map(countMessage).reduce((sum, count) => sum + count, 0) + toolTokens(tools);
}

function countMessage({ content, tool_calls: calls, name }: Message): number {
  const parts = partsOf(content).map((part) =>
    part.type === "image_url" ? pictureTokens(part.image_url?.detail) : countTokens(part.text ?? part.refusal ?? ""),
  );
  const called = (calls ?? []).map(({ function: tool }) => countTokens(`${tool?.name ?? ""}${tool?.arguments ?? ""}`));
  return [...parts, ...called].reduce((sum, count) => sum + count, PER_MESSAGE + countTokens(name ?? ""));
}
