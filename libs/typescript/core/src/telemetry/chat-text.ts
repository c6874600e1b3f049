import { asList, asRecord, asText } from "../json/read.js";

const TEXT_PARTS = new Set(["text", "input_text", "output_text"]);

/** Text of the last user message of a chat request; `""` when `inputs` is none. */
export function requestText(inputs: unknown): string {
  const { messages, input } = asRecord(inputs);
  return lastText(asList(messages), "user") || lastText(asList(input), "user");
}

/** Text of the last assistant message of a chat completion; `""` when `outputs` is none. */
export function responseText(outputs: unknown): string {
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
