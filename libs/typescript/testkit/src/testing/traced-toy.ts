import {
  type CallOptions,
  type CallRecorder,
  isControlledStream,
  type MethodWrapper,
  observeStream,
  recordPromise,
  SpanAttributeKey,
  SpanType,
  startCall,
  type TokenUsage,
  wrapMethods,
} from "mlflow-tracing";
import type { Integration } from "../integration.js";
import {
  ANSWER,
  type ToyAnswer,
  ToyClient,
  type ToyPart,
  type ToyRequest,
  type ToyStream,
  toyFetch,
} from "./toy-client.js";

const REQUEST = { model: "toy-1", messages: ["What is the answer?", "Think."] };
const USAGE: TokenUsage = { input_tokens: 4, output_tokens: 6, total_tokens: 10 };

const EXPECT = {
  name: "Chat",
  spanType: SpanType.LLM,
  model: "toy-1",
  provider: "toy",
  messageFormat: "toy",
  usage: USAGE,
  attributes: { "toy.mode": "chat" },
};

/** An integration of the toy client whose wrapping is the given one. */
export function toyIntegration(wrap: (client: ToyClient) => ToyClient): Integration<ToyClient> {
  return {
    name: "toy",
    createFetch: () => toyFetch,
    createClient: (options) => new ToyClient(options),
    wrap,
    untraced: [{ name: "models.list", start: (client) => client.models.list() }],
    calls: [
      {
        name: "chat.create",
        kind: "plain",
        request: REQUEST,
        start: (client, request, options) => client.chat.create(request as ToyRequest, options),
        text: ANSWER,
        expect: EXPECT,
        helpers: {
          withResponse: { use: async (returned) => (returned as ReturnType<typeof create>).withResponse() },
          asResponse: {
            use: async (returned) => (await (returned as ReturnType<typeof create>).asResponse()).json(),
            outputs: false,
          },
        },
      },
      {
        name: "chat.create, streamed",
        kind: "stream",
        request: { ...REQUEST, stream: true },
        start: (client, request, options) => client.chat.create(request as ToyRequest, options),
        text: ANSWER,
        expect: EXPECT,
        helpers: { text: { use: async (returned) => ((await returned) as ToyStream).text() } },
      },
    ],
  };
}

declare const create: ToyClient["chat"]["create"];

const ATTRIBUTES = {
  [SpanAttributeKey.MODEL_PROVIDER]: "toy",
  [SpanAttributeKey.MESSAGE_FORMAT]: "toy",
  [SpanAttributeKey.MODEL]: "toy-1",
  "toy.mode": "chat",
};

/** The span of a call of the toy client, with something else where a mistake is wanted. */
export function startToyCall(request: unknown, mistake: Partial<CallOptions> = {}): CallRecorder | undefined {
  return startCall({
    name: "Chat",
    spanType: SpanType.LLM,
    inputs: request,
    attributes: ATTRIBUTES,
    readUsage,
    ...mistake,
  });
}

export function readUsage(outputs: unknown): TokenUsage | undefined {
  const { usage } = outputs as Partial<ToyAnswer>;
  return usage && { input_tokens: usage.input, output_tokens: usage.output, total_tokens: usage.input + usage.output };
}

export class ToyAccumulator {
  #answer: Partial<ToyAnswer> | undefined;

  add(part: unknown): void {
    const { text = "", usage } = part as ToyPart;
    this.#answer = { ...this.#answer, text: (this.#answer?.text ?? "") + text, ...(usage ? { usage } : {}) };
  }

  snapshot(): unknown {
    return this.#answer;
  }
}

const wrapped = new WeakSet<object>();

/** How an integration is to be made. */
export function tracedToy(client: ToyClient): ToyClient {
  if (wrapped.has(client)) return client;
  const traced = wrapMethods(client, { "chat.create": createWrapper });
  wrapped.add(traced);
  return traced;
}

const createWrapper: MethodWrapper = (call, args) => {
  const recorder = startToyCall(args[0]);
  if (!recorder) return call(...args);
  const received = (value: unknown): void => {
    if (isControlledStream(value)) observeStream(value, recorder, new ToyAccumulator());
    else recorder.finish(value);
  };
  return recordPromise(
    recorder.run(() => call(...args)),
    recorder,
    { received },
  );
};
