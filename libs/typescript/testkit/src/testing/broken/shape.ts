import { SpanAttributeKey, SpanType } from "mlflow-tracing";
import type { ToyAnswer } from "../toy-client.js";
import { startToyCall, tracedToy } from "../traced-toy.js";
import { type Mistake, properEnding, recordWith, wrapCreate } from "./mistake.js";

const counts = (input: number, output: number, total: number) => () => ({
  input_tokens: input,
  output_tokens: output,
  total_tokens: total,
});
let isFirst = true;

export const SHAPE_MISTAKES: readonly Mistake[] = [
  {
    mistake: "another span name",
    found: ["names-and-types", "nests-under-parent", "concurrent-calls"],
    wrap: recordWith({ name: "chat.create" }),
  },
  { mistake: "another span type", found: ["names-and-types"], wrap: recordWith({ spanType: SpanType.CHAIN }) },
  {
    mistake: "no attributes",
    found: ["model", "provider", "message-format", "attributes"],
    wrap: recordWith({ attributes: {} }),
  },
  {
    mistake: "a span within the span for the same call",
    found: ["names-and-types", "recorded-once", "nests-under-parent"],
    wrap: (client) => recordWith({})(tracedToy(client)),
  },
  {
    mistake: "the first call only",
    found: ["recorded-once", "own-trace"],
    wrap: (client) => {
      isFirst = true;
      return wrapCreate((call, args) => {
        const traced = isFirst ? tracedToy(client) : client;
        isFirst = false;
        return Reflect.apply(Reflect.get(traced.chat, "create"), traced.chat, args) ?? call(...args);
      })(client);
    },
  },
  { mistake: "no inputs", found: ["inputs", "error-is-recorded"], wrap: recordWith({ inputs: undefined }) },
  { mistake: "the prompt without the rest", found: ["inputs"], wrap: recordWith({ inputs: "What is the answer?" }) },
  {
    mistake: "inputs that are written down when the answer has come",
    found: ["inputs-of-the-moment"],
    wrap: wrapCreate((call, args) => {
      const recorder = startToyCall(args[0]);
      const answer = call(...args) as Promise<unknown>;
      return answer.then((value) => {
        recorder?.span.setInputs(args[0]);
        if (recorder) properEnding(recorder, value);
        return value;
      });
    }),
  },
  {
    mistake: "no outputs",
    found: ["outputs", "token-usage", "helpers", "stream-left-early"],
    wrap: recordWith({}, (recorder) => recorder.finish()),
  },
  {
    mistake: "the text without the rest",
    found: ["outputs"],
    wrap: recordWith({}, (recorder, value) => recorder.finish((value as ToyAnswer).text)),
  },
  {
    mistake: "input and output counts mixed up",
    found: ["token-usage", "trace-token-usage"],
    wrap: recordWith({ readUsage: counts(6, 4, 10) }),
  },
  {
    mistake: "no token usage",
    found: ["token-usage", "trace-token-usage"],
    wrap: recordWith({ readUsage: () => undefined }),
  },
  {
    mistake: "the client's own objects as outputs",
    found: ["plain-data", "outputs"],
    wrap: recordWith({}, (recorder, value) => recorder.finish({ value, again: () => value })),
  },
  {
    mistake: "the settings of the client as an attribute",
    found: ["no-secrets"],
    wrap: (client) => recordWith({ attributes: { settings: { key: keyOf(client) } } })(client),
  },
  {
    mistake: "times in milliseconds",
    found: ["nanoseconds"],
    wrap: (client) => {
      const start = { startTimeNs: BigInt(Date.now()) * 1_000_000n };
      return recordWith(start, (recorder, value) => {
        recorder.span.setOutputs(value);
        recorder.span.end({ endTimeNs: BigInt(Date.now()) * 1_000_000n });
      })(client);
    },
  },
  {
    mistake: "times that are taken when the answer has come",
    found: ["duration"],
    wrap: wrapCreate(async (call, args) => {
      const answer = await call(...args);
      startToyCall(args[0])?.finish(answer);
      return answer;
    }),
  },
  {
    mistake: "a model in the wrong place",
    found: ["model"],
    wrap: recordWith({ attributes: { [SpanAttributeKey.MODEL]: "?" } }),
  },
];

const keys = new WeakMap<object, string>();

/** The toy client keeps its key to itself; the tests tell it here. */
export function rememberKey(client: object, key: string): void {
  keys.set(client, key);
}

function keyOf(client: object): string {
  return keys.get(client) ?? "";
}
