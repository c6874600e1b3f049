import type { MockReply } from "../../contract";
import type { Conversation } from "../../model/conversation";
import { countTokens } from "../../model/tokens";
import { wholeMs } from "../../provider/pace";
import { toConversation } from "../../provider/turns";
import type { Call } from "../call";
import { ApiError } from "../error";
import { reasons, requireModel } from "../models/models";
import { parseBody } from "../parse";
import { limitSpeech, speak } from "../spoken";
import { checkContext, overrideCounts, PER_REQUEST, toolTokens } from "../usage";
import { responseEvents } from "./events";
import { checkItems, countItem, expandInput, toTurns } from "./items";
import { closeResponse, openResponse, toOutput } from "./response";
import { checkResponses } from "./rules";
import { type Item, type ResponsesRequest, ResponsesSchema } from "./schema";

/** POST /v1/responses. */
export function createResponse(call: Call, json: unknown): MockReply {
  const request = parseBody(ResponsesSchema, json);
  const model = requireModel(request.model, "chat", "responses");
  const items = expandInput(request, call.state.responses);
  checkResponses(request, items);
  checkItems(items);
  const input = countInput(request, items);
  checkContext(input, model.context, "input");
  const reasoning = reasons(request.model, request.reasoning?.effort);
  const speech = speak(call, conversationOf(request, items), reasoning);
  const spoken = limitSpeech(speech, { stops: [], most: request.max_output_tokens ?? model.context - input });
  const open = openResponse({ id: call.hexId("resp_", "response"), request, model, reasons: reasoning });
  const counts = { input, cached: 0, output: spoken.outputTokens, reasoning: spoken.reasoningTokens };
  const output = toOutput(call, spoken, request);
  const closed = closeResponse(open, spoken, output, overrideCounts(counts, speech.usage));
  if (request.store !== false) call.state.responses.keep(closed, items);
  const pace = call.pace({ model: request.model, tokens: spoken.outputTokens, latencyMs: speech.latencyMs });
  if (request.stream === true) return call.stream(responseEvents(open, closed, pace));
  return call.json(closed, wholeMs(pace, spoken.outputTokens));
}

function conversationOf(request: ResponsesRequest, items: readonly Item[]): Conversation {
  const { tools, tool_choice: choice, text } = request;
  const allowed = typeof choice === "object" && choice ? choice.tools?.map(({ name }) => name) : undefined;
  const offered = (tools ?? []).filter(({ type, name }) => type === "function" && (!allowed || allowed.includes(name)));
  return toConversation(toTurns(items, request.instructions), {
    model: request.model,
    // Tools of other types (web search and so on) run at the provider; the mock has none.
    tools: offered.map(({ name = "", description, parameters }) => ({
      name,
      description: description ?? "",
      schema: parameters ?? {},
    })),
    toolChoice: toolChoice(choice),
    parallelTools: request.parallel_tool_calls !== false,
    ...(text?.format?.type === "json_schema" ? { outputSchema: text.format.schema ?? {} } : {}),
    ...(text?.format?.type === "json_object" ? { outputSchema: {} } : {}),
  });
}

function toolChoice(choice: ResponsesRequest["tool_choice"]): Conversation["toolChoice"] {
  if (choice == null || choice === "auto") return "auto";
  if (choice === "none") return "none";
  if (choice === "required" || choice.mode === "required") return "any";
  return choice.type === "function" ? { name: choice.name ?? "" } : "auto";
}

function countInput({ instructions, tools }: ResponsesRequest, items: readonly Item[]): number {
  const counts = items.map(countItem);
  return counts.reduce((sum, count) => sum + count, PER_REQUEST + countTokens(instructions ?? "") + toolTokens(tools));
}

/** GET /v1/responses/{id}. */
export function retrieveResponse(call: Call, id: string): MockReply {
  const stored = call.state.responses.get(id);
  if (!stored) throw unknownResponse(id);
  return call.json(stored.response);
}

/** DELETE /v1/responses/{id}. */
export function deleteResponse(call: Call, id: string): MockReply {
  if (!call.state.responses.delete(id)) throw unknownResponse(id);
  return call.json({ id, object: "response", deleted: true });
}

function unknownResponse(id: string): ApiError {
  return new ApiError({ status: 404, message: `Response with id '${id}' not found.` });
}
