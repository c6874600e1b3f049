import type { TokenUsage } from "mlflow-tracing";
import type { CheckId } from "./checks/index.js";

/**
 * An integration under test, described by data and a few small functions.
 *
 * @example
 * export const anthropic: Integration<Anthropic> = {
 *   name: "mlflow-anthropic",
 *   createFetch: () => createMockFetch({ services: [createAnthropic()], clock: noDelayClock }),
 *   createClient: ({ fetch, apiKey }) => new Anthropic({ fetch, apiKey, maxRetries: 0 }),
 *   wrap: tracedAnthropic,
 *   calls: [createMessage, streamMessage],
 * };
 */
export interface Integration<Client = unknown> {
  /** Package name, for the report. */
  readonly name: string;
  /** A provider that answers the calls; made afresh for each run, and nothing but `fetch` reaches it. */
  createFetch(): typeof fetch;
  /**
   * A client of the provider's own SDK, without retries, whose requests all go through `fetch`. An integration that does
   * not wrap clients (callbacks, hooks) records the calls of this client exactly when `traced` is true.
   */
  createClient(options: TestClientOptions): Client | Promise<Client>;
  /** Integrations that wrap clients: the wrapping; `createClient` then has no need of `traced`. */
  wrap?(client: Client): Client;
  /** One for each way of calling that is recorded. */
  readonly calls: readonly Call<Client>[];
  /** Calls of the same client that are not recorded, and must work all the same. */
  readonly untraced?: readonly UntracedCall<Client>[];
  /** The provider's answer to a bad request; by default JSON `{error: {type, message}}`. */
  errorReply?(status: number, message: string): Response;
  /** The part of results and stream parts that is the same in each run; all of it by default. */
  comparable?(value: unknown): unknown;
  /** Checks that do not hold for this integration, each with the reason; shown in the report. */
  readonly skip?: Readonly<Partial<Record<CheckId, string>>>;
}

/** What a client under test is made with. */
export interface TestClientOptions {
  readonly fetch: typeof fetch;
  /** A made-up key; none of it may be seen in a trace. */
  readonly apiKey: string;
  /** Whether calls of the client are to be recorded; integrations that wrap clients need not look at it. */
  readonly traced: boolean;
}

/** What a call is started with, besides its request. */
export interface CallOptions {
  /** Aborts the call; to be handed to the provider's SDK. */
  readonly signal?: AbortSignal;
}

/** One way of calling the provider. */
export interface Call<Client = unknown> {
  /** Short and unique, e.g. `messages.create`. */
  readonly name: string;
  /** Whether the answer is awaited or read part by part. */
  readonly kind: "plain" | "stream";
  /** What is asked; plain data, copied for each run. */
  readonly request: unknown;
  /** Makes the call and returns just what the SDK returns, not awaited. */
  start(client: Client, request: unknown, options: CallOptions): unknown;
  /** Streams: the parts; by default what `start` returned is awaited and iterated. */
  read?(returned: unknown): AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>;
  /** Other ways to take the answer that the SDK offers, by name, e.g. `withResponse`, `tee`, `finalMessage`. */
  readonly helpers?: Readonly<Record<string, Helper>>;
  /** `false` when `start` has no way to hand on the signal. */
  readonly abortable?: boolean;
  /** Text that occurs in the answer, so that recorded outputs can be told from empty ones. */
  readonly text?: string;
  /** The span of the call, with its children where there are some. */
  readonly expect: ExpectedSpan;
}

/** A member of what a call returns, in use. */
export interface Helper {
  /**
   * Uses the member, e.g. awaits `withResponse()`.
   *
   * @param returned what `start` returned, not awaited
   * @returns something to compare with the same without tracing
   */
  use(returned: unknown): Promise<unknown>;
  /** `false` when the answer is not seen on this way, so that the span has no outputs. */
  readonly outputs?: boolean;
}

/** A call that is not recorded. It must give the same with tracing as without. */
export interface UntracedCall<Client = unknown> {
  /** Short, e.g. `models.list`. */
  readonly name: string;
  /** Makes the call and returns just what the SDK returns, not awaited. */
  start(client: Client): unknown;
}

/** What a call's result is for the functions below: the awaited value, or the list of a stream's parts. */
export type CallResult = unknown;

/** How a span is to look. What is left out is not checked, unless it says otherwise. */
export interface ExpectedSpan {
  readonly name: string;
  /** E.g. `LLM`, `EMBEDDING`, `CHAIN`. */
  readonly spanType: string;
  /** Attribute `mlflow.llm.model`. */
  readonly model?: string;
  /** Attribute `mlflow.llm.provider`. */
  readonly provider?: string;
  /** Attribute `mlflow.message.format`. */
  readonly messageFormat?: string;
  /** Recorded inputs; for the outermost span, the request by default. */
  inputs?(request: unknown): unknown;
  /** Recorded outputs; for the outermost span of a call that is not streamed, its result by default. */
  outputs?(result: CallResult): unknown;
  /** Tokens, or `none` where no span attribute is to have them; anything consistent by default on the outermost span. */
  readonly usage?: TokenUsage | "none" | ((result: CallResult) => TokenUsage);
  /** Further attributes, in full. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** In the order of their start; none by default. */
  readonly children?: readonly ExpectedSpan[];
}
