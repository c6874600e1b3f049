import type { MockChunk } from "../../contract";
import { tokenPieces, wordPieces } from "../../model/pieces";
import { countTokens } from "../../model/tokens";
import { type Pace, tokensMs } from "../../provider/pace";
import type {
  FunctionCallItem,
  MessageItem,
  MessagePart,
  ReasoningItem,
  ResponseItem,
  ResponseObject,
} from "./response";

/** An event before it is numbered. */
interface Event {
  readonly type: string;
  readonly data: object;
  /** Tokens that it takes to say. */
  readonly tokens?: number;
}

const event = (type: string, data: object, tokens = 0): Event => ({ type: `response.${type}`, data, tokens });

/** A response as server-sent events, one chunk each: created, in progress, its items bit by bit, completed. */
export function responseEvents(open: ResponseObject, closed: ResponseObject, pace: Pace): MockChunk[] {
  const events = [
    event("created", { response: open }),
    event("in_progress", { response: open }),
    ...closed.output.flatMap(itemEvents),
    event(closed.status, { response: closed }),
  ];
  return events.map(({ type, data, tokens = 0 }, index) => ({
    data: `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: index, ...data })}\n\n`,
    delayMs: index === FIRST_TOKEN ? pace.firstTokenMs : tokensMs(pace, tokens),
  }));
}

/** The response is announced at once; the wait is in front of its first item. */
const FIRST_TOKEN = 2;

function itemEvents(item: ResponseItem, output_index: number): Event[] {
  return [
    event("output_item.added", { output_index, item: emptied(item) }),
    ...innerEvents(item, { item_id: item.id, output_index }),
    event("output_item.done", { output_index, item }),
  ];
}

function emptied(item: ResponseItem): ResponseItem {
  if (item.type === "reasoning") return { ...item, summary: [] };
  if (item.type === "message") return { ...item, status: "in_progress", content: [] };
  return { ...item, status: "in_progress", arguments: "" };
}

/** Where an event belongs. */
interface Place {
  readonly item_id: string;
  readonly output_index: number;
}

function innerEvents(item: ResponseItem, place: Place): Event[] {
  if (item.type === "reasoning") return summaryEvents(item, place);
  return item.type === "message" ? messageEvents(item, place) : callEvents(item, place);
}

function summaryEvents({ summary }: ReasoningItem, item: Place): Event[] {
  return summary.flatMap((part, summary_index) => {
    const place = { ...item, summary_index };
    return [
      event("reasoning_summary_part.added", { ...place, part: { ...part, text: "" } }),
      ...wordPieces(part.text).map((delta) =>
        event("reasoning_summary_text.delta", { ...place, delta }, countTokens(delta)),
      ),
      event("reasoning_summary_text.done", { ...place, text: part.text }),
      event("reasoning_summary_part.done", { ...place, part }),
    ];
  });
}

function messageEvents({ content }: MessageItem, item: Place): Event[] {
  return content.flatMap((part, content_index) => {
    const place = { ...item, content_index };
    const start = part.type === "refusal" ? { ...part, refusal: "" } : { ...part, text: "" };
    return [
      event("content_part.added", { ...place, part: start }),
      ...partEvents(part, place),
      event("content_part.done", { ...place, part }),
    ];
  });
}

function partEvents(part: MessagePart, place: object): Event[] {
  const [name, said, more] =
    part.type === "refusal"
      ? (["refusal", part.refusal, {}] as const)
      : (["output_text", part.text, { logprobs: [] }] as const);
  const deltas = wordPieces(said).map((delta) =>
    event(`${name}.delta`, { ...place, delta, ...more }, countTokens(delta)),
  );
  const whole = part.type === "refusal" ? { refusal: said } : { text: said };
  return [...deltas, event(`${name}.done`, { ...place, ...whole, ...more })];
}

function callEvents({ name, arguments: input }: FunctionCallItem, place: Place): Event[] {
  const deltas = tokenPieces(input).map((delta) =>
    event("function_call_arguments.delta", { ...place, delta }, countTokens(delta)),
  );
  return [...deltas, event("function_call_arguments.done", { ...place, name, arguments: input })];
}
