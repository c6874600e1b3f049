/** Options of `init`. */
export interface InitOptions {
  /** URL of the tracking server, e.g. `http://localhost:5000`. */
  trackingUri?: string;
  /** Experiment that the traces go to. */
  experimentId?: string;
}

/** Connects the SDK to a tracking server. */
export declare function init(options?: InitOptions): void;

/** What a span stands for. Any other text is a type of your own. */
export declare const SpanType: {
  readonly LLM: "LLM";
  readonly CHAIN: "CHAIN";
  readonly AGENT: "AGENT";
  readonly TOOL: "TOOL";
  readonly CHAT_MODEL: "CHAT_MODEL";
  readonly RETRIEVER: "RETRIEVER";
  readonly PARSER: "PARSER";
  readonly EMBEDDING: "EMBEDDING";
  readonly RERANKER: "RERANKER";
  readonly MEMORY: "MEMORY";
  readonly UNKNOWN: "UNKNOWN";
};
export type SpanType = (typeof SpanType)[keyof typeof SpanType] | (string & {});

export declare const SpanStatusCode: {
  readonly UNSET: "STATUS_CODE_UNSET";
  readonly OK: "STATUS_CODE_OK";
  readonly ERROR: "STATUS_CODE_ERROR";
};
export type SpanStatusCode = (typeof SpanStatusCode)[keyof typeof SpanStatusCode];

export interface SpanStatus {
  readonly statusCode: SpanStatusCode;
  readonly description: string;
}

/** Something that happened during a span. `timestamp` in nanoseconds since the epoch. */
export declare class SpanEvent {
  constructor(params: { name: string; timestamp?: bigint; attributes?: Record<string, unknown> });
  readonly name: string;
  readonly timestamp: bigint;
  readonly attributes: Record<string, unknown>;
  static fromException(thrown: unknown): SpanEvent;
}

/** A recorded span. */
export declare class Span {
  private constructor(...args: never[]);
  readonly parentId: string | null;
  get traceId(): string;
  get spanId(): string;
  get name(): string;
  get spanType(): SpanType;
  /** Seconds and nanoseconds since the epoch. */
  get startTime(): [number, number];
  get endTime(): [number, number] | null;
  get status(): SpanStatus;
  get inputs(): unknown;
  get outputs(): unknown;
  get attributes(): Record<string, unknown>;
  get events(): SpanEvent[];
  getAttribute(key: string): unknown;
}

/** A span that is being recorded. */
export declare class LiveSpan extends Span {
  private constructor(...args: never[]);
  setSpanType(spanType: SpanType): void;
  setInputs(inputs: unknown): void;
  setOutputs(outputs: unknown): void;
  setAttribute(key: string, value: unknown): void;
  setAttributes(attributes: Record<string, unknown> | null | undefined): void;
  addEvent(event: SpanEvent): void;
  /** Adds the error as an event and sets the status to ERROR. */
  recordException(thrown: unknown): void;
  setStatus(status: SpanStatusCode | "OK" | "ERROR" | "UNSET", description?: string): void;
  end(options?: { outputs?: unknown; attributes?: Record<string, unknown>; endTimeNs?: number | bigint }): void;
}

export interface SpanOptions {
  name: string;
  spanType?: SpanType;
  inputs?: unknown;
  attributes?: Record<string, unknown>;
  /** Nanoseconds since the epoch; now by default. */
  startTimeNs?: number | bigint;
  /** The parent; by default the active span. */
  parent?: LiveSpan;
}

export interface TraceOptions {
  /** Name of the spans; the function's name by default. */
  name?: string;
  spanType?: SpanType;
  attributes?: Record<string, unknown>;
}

/** Runs `callback` in a new span, which ends when the callback, or the promise it returns, does. */
export declare function withSpan<T>(callback: (span: LiveSpan) => T, options?: Partial<Omit<SpanOptions, "parent">>): T;

/** A function that does what `func` does and records a span for each call. */
export declare function trace<T extends (...args: never[]) => unknown>(func: T, options?: TraceOptions): T;
/** A method decorator that records a span for each call. */
export declare function trace(
  options?: TraceOptions,
): <T extends (...args: never[]) => unknown>(
  method: T,
  context: { readonly name: string | symbol; readonly kind: string },
) => T;

/** Starts a span that is not made active; it lasts until `end` is called. */
export declare function startSpan(options: SpanOptions): LiveSpan;

export declare function getCurrentActiveSpan(): LiveSpan | null;
/** Id of the trace whose root span was exported last. */
export declare function getLastActiveTraceId(): string | undefined;
/** Waits until every trace that has ended is at the server. */
export declare function flushTraces(): Promise<void>;

/** Adds to the trace of the active span. */
export declare function updateCurrentTrace(options: {
  tags?: Record<string, string>;
  metadata?: Record<string, string>;
  clientRequestId?: string;
  requestPreview?: string;
  responsePreview?: string;
}): void;

/** Runs `fn` in a scope whose options apply to the traces that start within it. */
export declare function tracingContext<T>(
  options: {
    metadata?: Record<string, string>;
    tags?: Record<string, string>;
    /** `false` records nothing within the scope. */
    enabled?: boolean;
    sessionId?: string;
    user?: string;
  },
  fn: () => T,
): T;

export declare function registerOnSpanStartHook(hook: (span: LiveSpan) => void): void;
export declare function registerOnSpanEndHook(hook: (span: LiveSpan) => void): void;

export interface TokenUsage {
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  cache_read_input_tokens?: number;
  cache_creation_input_tokens?: number;
}

export interface TraceInfo {
  traceId: string;
  /** Milliseconds since the epoch. */
  requestTime: number;
  state: "STATE_UNSPECIFIED" | "OK" | "ERROR" | "IN_PROGRESS";
  requestPreview: string | undefined;
  responsePreview: string | undefined;
  clientRequestId: string | undefined;
  /** Milliseconds. */
  executionDuration: number | undefined;
  traceMetadata: Record<string, string>;
  tags: Record<string, string>;
  readonly tokenUsage: TokenUsage | null;
}

export interface Trace {
  readonly info: TraceInfo;
  readonly data: { readonly spans: readonly Span[] };
}

/** Talks to a tracking server. */
export declare class MlflowClient {
  constructor(options: { trackingUri: string });
  getTrace(traceId: string): Promise<Trace>;
}
