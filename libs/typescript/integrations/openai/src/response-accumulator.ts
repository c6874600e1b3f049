import type { StreamAccumulator } from "mlflow-tracing";
import { isObject, type JsonObject } from "./delta.js";

/** The lists of parts that an output item can have. */
type PartList = "content" | "summary";

/** A place for text in an output item: a field of its own, or of one of its parts. */
interface TextPlace {
  readonly field: string;
  readonly parts?: PartList;
}

/** Where the pieces of text of each event go. */
const TEXT_PLACES: ReadonlyMap<string, TextPlace> = new Map<string, TextPlace>([
  ["response.output_text.delta", { field: "text", parts: "content" }],
  ["response.refusal.delta", { field: "refusal", parts: "content" }],
  ["response.reasoning_text.delta", { field: "text", parts: "content" }],
  ["response.reasoning_summary_text.delta", { field: "text", parts: "summary" }],
  ["response.function_call_arguments.delta", { field: "arguments" }],
  ["response.mcp_call_arguments.delta", { field: "arguments" }],
  ["response.custom_tool_call_input.delta", { field: "input" }],
  ["response.code_interpreter_call_code.delta", { field: "code" }],
]);

/** Where the parts of output items go; `added` and `done` both bring the part as it is then. */
const PART_PLACES: ReadonlyMap<string, PartList> = new Map<string, PartList>([
  ["response.content_part.added", "content"],
  ["response.content_part.done", "content"],
  ["response.reasoning_summary_part.added", "summary"],
  ["response.reasoning_summary_part.done", "summary"],
]);

/**
 * Puts the events of a streamed answer together to the response they stand for: the one that the last event brings, or else
 * what the events before it add up to. Unknown events are skipped. Holds no more than the response itself.
 */
export class ResponseAccumulator implements StreamAccumulator {
  #response: JsonObject | undefined;
  #failure: JsonObject | undefined;
  readonly #items = new Map<number, JsonObject>();

  /** Takes in one event; what is no event, or does not fit, is ignored. */
  add(event: unknown): void {
    if (!isObject(event)) return;
    const type = String(event.type);
    const text = TEXT_PLACES.get(type);
    const parts = PART_PLACES.get(type);
    if (isObject(event.response)) this.#response = event.response;
    else if (type === "error") this.#failure = failureOf(event);
    else if (type.startsWith("response.output_item.") && isObject(event.item)) this.#setItem(event, event.item);
    else if (text) this.#addText(event, text);
    else if (parts) this.#setPart(event, parts);
    else if (type === "response.output_text.annotation.added") this.#addAnnotation(event);
  }

  /** The response so far; `undefined` before its start. An error event is told as a failed response tells it. */
  snapshot(): unknown {
    if (!this.#response && !this.#failure && this.#items.size === 0) return undefined;
    const brought = this.#response?.output;
    const output = Array.isArray(brought) && brought.length > 0 ? brought : this.#itemsInOrder();
    const failure = this.#failure ? { status: "failed", error: this.#failure } : {};
    return { object: "response", ...this.#response, output, ...failure };
  }

  #itemsInOrder(): JsonObject[] {
    return [...this.#items].sort(([a], [b]) => a - b).map(([, item]) => item);
  }

  #setItem(event: JsonObject, item: JsonObject): void {
    this.#items.set(Number(event.output_index), copyItem(item));
  }

  #addText(event: JsonObject, { field, parts }: TextPlace): void {
    const item = this.#items.get(Number(event.output_index));
    const target = parts ? partOf(item, parts, event) : item;
    if (target && typeof event.delta === "string") target[field] = `${target[field] ?? ""}${event.delta}`;
  }

  #setPart(event: JsonObject, parts: PartList): void {
    const item = this.#items.get(Number(event.output_index));
    if (!item || !isObject(event.part)) return;
    const list = Array.isArray(item[parts]) ? item[parts] : [];
    const index = partIndex(event, parts);
    // A part comes next or again; any other place is no place.
    if (index >= 0 && index <= list.length) list[index] = { ...event.part };
    item[parts] = list;
  }

  #addAnnotation(event: JsonObject): void {
    const part = partOf(this.#items.get(Number(event.output_index)), "content", event);
    if (part) part.annotations = [...(Array.isArray(part.annotations) ? part.annotations : []), event.annotation];
  }
}

function partIndex(event: JsonObject, parts: PartList): number {
  return Number(parts === "content" ? event.content_index : event.summary_index);
}

function partOf(item: JsonObject | undefined, parts: PartList, event: JsonObject): JsonObject | undefined {
  const list = item?.[parts];
  const part: unknown = Array.isArray(list) ? list[partIndex(event, parts)] : undefined;
  return isObject(part) ? part : undefined;
}

/** Deltas are added to a copy: the event belongs to the program. */
function copyItem(item: JsonObject): JsonObject {
  const copyParts = (value: unknown): unknown =>
    Array.isArray(value) ? value.map((part) => (isObject(part) ? { ...part } : part)) : value;
  return {
    ...item,
    ...("content" in item ? { content: copyParts(item.content) } : {}),
    ...("summary" in item ? { summary: copyParts(item.summary) } : {}),
  };
}

function failureOf({ code, message, param }: JsonObject): JsonObject {
  return { code: code ?? null, message: message ?? "", ...(param === undefined || param === null ? {} : { param }) };
}
