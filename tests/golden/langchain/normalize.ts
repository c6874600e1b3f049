import type { GoldenShape } from "../shape";

type Json = Record<string, unknown>;

/**
 * A request of ChatOpenAI or OpenAIEmbeddings in one form for both languages. They say the same in other fields: the limit
 * of tokens has an old and a new name, one text to embed is a list or not, a message of tool calls alone has no content or an
 * empty one, a tool's answer repeats its name or not, and JSON in a text has spaces or not.
 */
export function normalizeRequest(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  const { max_completion_tokens, max_tokens = max_completion_tokens, input, messages, ...rest } = body as Json;
  return {
    ...rest,
    ...(max_tokens === undefined ? {} : { max_tokens }),
    ...(input === undefined ? {} : { input: [input].flat() }),
    ...(Array.isArray(messages) ? { messages: messages.map(normalizeMessage) } : {}),
  };
}

function normalizeMessage({ name: _name, content, tool_calls, ...message }: Json): Json {
  const calls = Array.isArray(tool_calls) ? { tool_calls: tool_calls.map(normalizeCall) } : {};
  return { ...message, content: content === "" ? null : content, ...calls };
}

function normalizeCall(call: { function: { arguments: string } }): unknown {
  return { ...call, function: { ...call.function, arguments: JSON.parse(call.function.arguments) } };
}

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|<id-\d+>/g;
/** Characters of a cut preview that are compared: where it is cut depends on the spaces of each language's JSON. */
const PREVIEW_LENGTH = 120;

/** A shape without the ids that each run makes anew, and without the fields of a request that are undefined, thus not sent. */
export function normalizeShape(shape: GoldenShape): GoldenShape {
  const isSent = (_key: string, value: unknown) => (value === "[Undefined]" ? undefined : value);
  const { trace, spans } = JSON.parse(JSON.stringify(shape, isSent).replace(ID, "<id>")) as GoldenShape;
  const { requestPreview, responsePreview } = trace;
  const previews = { requestPreview: withoutCut(requestPreview), responsePreview: withoutCut(responsePreview) };
  return { spans, trace: { ...trace, ...previews } };
}

function withoutCut(preview: unknown): unknown {
  if (typeof preview !== "string" || !preview.endsWith("...")) return preview;
  return preview.replace(/([:,]) /g, "$1").slice(0, PREVIEW_LENGTH);
}
