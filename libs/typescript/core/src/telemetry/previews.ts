/**
 * The two lines by which lists show a trace.
 *
 * A chat request (`messages`, or `input` as a list) is shown as the text of its last user message, and a chat completion
 * (`choices`, `output` or `messages`) as the text of its last assistant message: what real MLflow does. Any other value,
 * an Anthropic message among them, is shown as its JSON. Both are cut at 1000 characters.
 */
import {
  REQUEST_RESPONSE_PREVIEW_MAX_LENGTH,
  SpanAttributeKey,
  TRACE_METADATA_MAX_LENGTH,
  TraceMetadataKey,
} from "../constants.js";
import type { Span } from "../entities/span.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { asList, asRecord, asText } from "../json/read.js";

const TEXT_PARTS = new Set(["text", "input_text", "output_text"]);

/** Sets the previews that are not set yet, and the metadata that older readers show instead. */
export function fillPreviews(info: TraceInfo, root: Span | undefined): void {
  if (!root) return;
  const inputs = root.getAttributeJson(SpanAttributeKey.INPUTS) ?? "";
  const outputs = root.getAttributeJson(SpanAttributeKey.OUTPUTS) ?? "";
  info.requestPreview ??= preview(requestText(root.inputs) || inputs);
  info.responsePreview ??= preview(responseText(root.outputs) || outputs);
  info.traceMetadata[TraceMetadataKey.INPUTS] = cut(inputs, TRACE_METADATA_MAX_LENGTH);
  info.traceMetadata[TraceMetadataKey.OUTPUTS] = cut(outputs, TRACE_METADATA_MAX_LENGTH);
}

function preview(text: string): string | undefined {
  return text === "" ? undefined : cut(text, REQUEST_RESPONSE_PREVIEW_MAX_LENGTH);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

function requestText(inputs: unknown): string {
  const { messages, input } = asRecord(inputs);
  return lastText(asList(messages), "user") || lastText(asList(input), "user");
}

function responseText(outputs: unknown): string {
  const { choices, output, messages } = asRecord(outputs);
  const chosen = asRecord(asList(choices)[0]).message;
  return messageText(chosen) || lastText(asList(output), "assistant") || lastText(asList(messages), "assistant");
}

function lastText(messages: readonly unknown[], role: string): string {
  return messageText(messages.findLast((message) => asRecord(message).role === role));
}

function messageText(message: unknown): string {
  const { content } = asRecord(message);
  const part = asList(content).findLast((item) => TEXT_PARTS.has(asText(asRecord(item).type) ?? ""));
  return asText(content) ?? asText(asRecord(part).text) ?? "";
}
