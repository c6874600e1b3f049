/**
 * The two lines by which lists show a trace.
 *
 * A chat request (`messages`, or `input` as a list) is shown as the text of its last user message, and a chat completion
 * (`choices`, `output` or `messages`) as the text of its last assistant message: what real MLflow does. Any other value,
 * an Anthropic message among them, is shown as its JSON. Both are cut at 1000 characters.
 */
import { SPAN_INPUTS, SPAN_OUTPUTS, TRACE_INPUTS, TRACE_OUTPUTS } from "../attribute-keys.js";
import { REQUEST_RESPONSE_PREVIEW_MAX_LENGTH, TRACE_METADATA_MAX_LENGTH } from "../constants.js";
import type { Span } from "../entities/span.js";
import { requestText, responseText } from "./chat-text.js";
import type { LiveTrace } from "./live-trace.js";

/** What is read of a trace. */
export type PreviewSource = Pick<LiveTrace, "info" | "chatText"> & { readonly root: Span | undefined };

/** Sets the previews that are not set yet, and the metadata that older readers show instead. */
export function fillPreviews({ info, root, chatText }: PreviewSource): void {
  if (!root) return;
  const inputs = root.getAttributeJson(SPAN_INPUTS) ?? "";
  const outputs = root.getAttributeJson(SPAN_OUTPUTS) ?? "";
  // Reading the JSON again would cost as much as writing it did.
  info.requestPreview ??= preview((chatText.request ?? requestText(root.inputs)) || inputs);
  info.responsePreview ??= preview((chatText.response ?? responseText(root.outputs)) || outputs);
  info.traceMetadata[TRACE_INPUTS] = cut(inputs, TRACE_METADATA_MAX_LENGTH);
  info.traceMetadata[TRACE_OUTPUTS] = cut(outputs, TRACE_METADATA_MAX_LENGTH);
}

function preview(text: string): string | undefined {
  return text === "" ? undefined : cut(text, REQUEST_RESPONSE_PREVIEW_MAX_LENGTH);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}
