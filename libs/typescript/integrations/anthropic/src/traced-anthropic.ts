import { isControlledStream, type MethodWrapper, observeStream, recordPromise, wrapMethods } from "mlflow-tracing";
import { MessageAccumulator } from "./message-accumulator.js";
import { observeMessageStream } from "./message-stream.js";
import { withoutOwnSpans } from "./own-instrumentation.js";
import { parseMessage } from "./parsed-message.js";
import { startMessagesCall } from "./start-call.js";

const tracedClients = new WeakSet<object>();

/**
 * A client that does what `client` does and records a span for each `create` (streamed or not), `stream` and `parse` of
 * `messages` and `beta.messages`. `client` itself is not changed; wrapping a traced client again gives the same one.
 *
 * @example
 * const client = tracedAnthropic(new Anthropic());
 * const message = await client.messages.create({ model, max_tokens: 256, messages });
 */
export function tracedAnthropic<T extends object>(client: T): T {
  if (tracedClients.has(client)) return client;
  const target = withoutOwnSpans(client);
  const traced = wrapMethods(target, wrappers(target));
  tracedClients.add(traced);
  return traced;
}

const create: MethodWrapper = (call, args) => {
  const recorder = startMessagesCall(args[0]);
  if (!recorder) return call(...args);
  const received = (value: unknown): void => {
    if (isControlledStream(value)) observeStream(value, recorder, new MessageAccumulator());
    else recorder.finish(value);
  };
  return recordPromise(
    recorder.run(() => call(...args)),
    recorder,
    { received },
  );
};

const stream: MethodWrapper = (call, args) => {
  const recorder = startMessagesCall(args[0]);
  if (!recorder) return call(...args);
  const result = recorder.run(() => call(...args));
  observeMessageStream(result, recorder);
  return result;
};

function wrappers(client: object): Readonly<Record<string, MethodWrapper>> {
  const { messages, beta } = client as { messages?: object; beta?: { messages?: object } };
  return {
    "messages.create": create,
    "messages.stream": stream,
    "messages.parse": parseMessage(messages),
    "beta.messages.create": create,
    "beta.messages.stream": stream,
    "beta.messages.parse": parseMessage(beta?.messages),
    // A copy with other options is traced as well.
    withOptions: (call, args) => tracedAnthropic(call(...args) as object),
  };
}
