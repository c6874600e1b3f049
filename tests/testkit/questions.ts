import type { Helper } from "mlflow-testkit";

/** What the mocked models of these tests are asked, and what they answer. */
export const QUESTION = "How many people live in Oslo and in Bergen?";
export const ANSWER = "Oslo has about 720,000 inhabitants, and Bergen 290,000.";
export const TOOL_QUESTION = "What is the weather in Oslo?";

/** A script for any of the mocked providers: a tool call where the weather is asked for, else the answer. */
export const SCRIPT = [
  { when: { lastUserText: "weather" }, reply: { toolCalls: [{ name: "get_weather", input: { city: "Oslo" } }] } },
  { reply: { text: ANSWER, usage: { input_tokens: 21, output_tokens: 17, cache_read_input_tokens: 3 } } },
];

export const PARAMETERS = {
  type: "object" as const,
  properties: { city: { type: "string" } },
  required: ["city"],
};

export const TOOL_NAME = "get_weather";
export const TOOL_DESCRIPTION = "The weather in a city now";

/** The tool as `mlflow.chat.tools` has it, whoever the provider is. */
export const CHAT_TOOL = {
  type: "function",
  function: { name: TOOL_NAME, description: TOOL_DESCRIPTION, parameters: PARAMETERS },
};

/** A promise of a client by one of the SDK generators that OpenAI and Anthropic share. */
interface ApiPromise extends Promise<unknown> {
  asResponse(): Promise<Response>;
  withResponse(): Promise<{ data: unknown; response: Response; request_id?: string | null }>;
}

export const PROMISE_HELPERS: Readonly<Record<string, Helper>> = {
  withResponse: {
    use: async (returned) => {
      const { data, response, request_id } = await (returned as ApiPromise).withResponse();
      return { data, status: response.status, request_id };
    },
  },
  asResponse: {
    use: async (returned) => (await (returned as ApiPromise).asResponse()).json(),
    outputs: false,
  },
};

interface SplittableStream extends AsyncIterable<unknown> {
  tee(): [AsyncIterable<unknown>, AsyncIterable<unknown>];
  toReadableStream(): ReadableStream;
}

export const STREAM_HELPERS: Readonly<Record<string, Helper>> = {
  withResponse: {
    use: async (returned) => collect((await (returned as ApiPromise).withResponse()).data as AsyncIterable<unknown>),
  },
  tee: { use: async (returned) => Promise.all(((await returned) as SplittableStream).tee().map(collect)) },
  toReadableStream: {
    use: async (returned) => new Response(((await returned) as SplittableStream).toReadableStream()).text(),
  },
};

export async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const parts: unknown[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
