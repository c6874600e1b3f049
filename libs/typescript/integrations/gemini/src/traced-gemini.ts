import { type MethodWrapper, SpanType, wrapMethods } from "mlflow-tracing";
import { type Chat, traceChat } from "./chat.js";
import { type GenerateMethod, recordGenerate } from "./generate-call.js";
import { startModelCall } from "./model-call.js";
import type { Models } from "./models-copy.js";
import { recordResult } from "./record-result.js";
import { clientSendsTraceparent, withTraceHeader } from "./trace-header.js";

/** What {@link tracedGemini} may be told. */
export interface TracedGeminiOptions {
  /**
   * Whether the span's context goes out with each request, as the header `traceparent`. By default it does, but from a web
   * page or worker only to its own origin: providers on other origins may not allow the header, and refuse the request then.
   */
  readonly propagateTraceContext?: boolean;
}

const tracedClients = new WeakSet<object>();

/**
 * A client that does what `client` does and records a span for each call that generates, embeds or counts, in chats too.
 * `client` itself is not changed; wrapping a traced client again gives the same one.
 *
 * @example
 * const client = tracedGemini(new GoogleGenAI({ apiKey }));
 * const { text } = await client.models.generateContent({ model: "gemini-2.5-flash", contents: "Hello" });
 */
export function tracedGemini<T extends object>(client: T, options: TracedGeminiOptions = {}): T {
  if (tracedClients.has(client)) return client;
  const traced = wrapMethods(client, wrappers(client, clientSendsTraceparent(client, options.propagateTraceContext)));
  tracedClients.add(traced);
  return traced;
}

function wrappers(client: object, propagate: boolean): Readonly<Record<string, MethodWrapper>> {
  const models = (): Models => (client as { models: Models }).models;
  const generate =
    (method: GenerateMethod): MethodWrapper =>
    (call, args) => {
      const recorder = startModelCall(method, args[0]);
      if (!recorder) return call(...args);
      return recordGenerate({ method, models: models(), run: call, request: args[0], recorder, propagate });
    };
  const single =
    (name: string, spanType: SpanType): MethodWrapper =>
    (call, args) => {
      const recorder = startModelCall(name, args[0], { spanType });
      if (!recorder) return call(...args);
      return recordResult(
        recorder.run(() => call(withTraceHeader(args[0], recorder.span, propagate))),
        recorder,
      );
    };
  return {
    "models.generateContent": generate("generateContent"),
    "models.generateContentStream": generate("generateContentStream"),
    "models.embedContent": single("embedContent", SpanType.EMBEDDING),
    "models.countTokens": single("countTokens", SpanType.LLM),
    "chats.create": (call, args) => traceChat(call(...args) as Chat, models(), propagate),
  };
}
