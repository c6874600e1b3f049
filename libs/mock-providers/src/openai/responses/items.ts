import { countTokens } from "../../model/tokens";
import { readArguments, type Turn } from "../../provider/turns";
import { looksLikeError } from "../chat/turns";
import { badRequest } from "../error";
import { PER_MESSAGE, pictureTokens } from "../usage";
import type { Item, Part, ResponsesRequest } from "./schema";
import type { ResponseStore } from "./store";

/** The whole conversation of a request: what the server holds of it, then the input. Throws where that is lost. */
export function expandInput(request: ResponsesRequest, store: ResponseStore): Item[] {
  const { previous_response_id: previous, input } = request;
  const own: Item[] = typeof input === "string" ? (input === "" ? [] : [{ role: "user", content: input }]) : input;
  return [...itemsBefore(previous, store), ...own.map((item) => resolveReference(item, store))];
}

function itemsBefore(previous: string | null | undefined, store: ResponseStore): readonly Item[] {
  if (previous == null) return [];
  const stored = store.get(previous);
  if (stored) return stored.items;
  const message = `Previous response with id '${previous}' not found.`;
  throw badRequest(message, "previous_response_id", "previous_response_not_found");
}

function resolveReference(item: Item, store: ResponseStore): Item {
  if (item.type !== "item_reference") return item;
  const found = store.findItem(item.id ?? "");
  if (!found) throw badRequest(`Item with id '${item.id ?? ""}' not found.`, "input");
  return { ...found };
}

/** Throws unless calls and their outputs belong together. */
export function checkItems(items: readonly Item[]): void {
  const ids = (type: string): string[] => items.filter((item) => item.type === type).map(({ call_id: id }) => id ?? "");
  const calls = ids("function_call");
  const outputs = ids("function_call_output");
  const stray = outputs.find((id) => !calls.includes(id));
  if (stray !== undefined)
    throw badRequest(`No tool call found for function call output with call_id ${stray}.`, "input");
  const open = calls.find((id) => !outputs.includes(id));
  if (open !== undefined) throw badRequest(`No tool output found for function call ${open}.`, "input");
}

/** Items in provider-neutral terms. Kinds that say nothing to the model are left out. */
export function toTurns(items: readonly Item[], instructions: string | null | undefined): Turn[] {
  const system: Turn[] = instructions == null ? [] : [{ role: "system", text: instructions }];
  return [...system, ...items.flatMap(toTurn)];
}

function toTurn(item: Item): Turn[] {
  if (item.type === "function_call") {
    const call = { id: item.call_id ?? "", name: item.name ?? "tool", input: readArguments(item.arguments ?? "") };
    return [{ role: "assistant", text: "", calls: [call] }];
  }
  if (item.type === "function_call_output") {
    const text = textOf(item.output);
    return [{ role: "tool", text, callId: item.call_id ?? "", isError: looksLikeError(text) }];
  }
  if (item.role === undefined) return [];
  const role = item.role === "developer" ? "system" : item.role;
  const pictures = partsOf(item.content).filter(({ type }) => type === "input_image").length;
  return [{ role, text: textOf(item.content), pictures }];
}

const TEXT_PARTS: readonly string[] = ["input_text", "output_text", "text"];

function partsOf(content: Item["content"]): readonly Part[] {
  if (content == null) return [];
  return typeof content === "string" ? [{ type: "input_text", text: content }] : content;
}

/** The texts of a content, one per line. */
export function textOf(content: Item["content"]): string {
  const texts = partsOf(content).filter(({ type }) => TEXT_PARTS.includes(type));
  return texts.map(({ text }) => text ?? "").join("\n");
}

/** Tokens of one item. */
export function countItem(item: Item): number {
  const parts = [...partsOf(item.content), ...partsOf(item.output)].map((part) =>
    part.type === "input_image" ? pictureTokens(part.detail) : countTokens(part.text ?? part.refusal ?? ""),
  );
  const called = countTokens(`${item.name ?? ""}${item.arguments ?? ""}`);
  return parts.reduce((sum, count) => sum + count, PER_MESSAGE + called);
}
