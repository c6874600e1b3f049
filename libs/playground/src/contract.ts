/**
 * The whole contract between a playground and the engines that run its code: what is run, what comes back, who may stop it.
 * Every message an engine emits is checked by these schemas before anything else reads it; the types are inferred from them.
 */
import * as v from "valibot";

/** Limits of one run, shared by the engines and by the page that listens to them. Bytes are UTF-16 code units of the message. */
export const RUN_LIMITS = {
  /** Milliseconds until a run is killed by the page. */
  deadlineMs: 10_000,
  /** All messages of a run together. */
  totalBytes: 4_000_000,
  /** Number of messages of a run. */
  totalMessages: 5_000,
  /** One line of console output; the rest is cut and said so. */
  consoleBytes: 20_000,
  /** One request or response body in the Requests pane. */
  bodyBytes: 100_000,
} as const;

const Text = v.string();
const Count = v.pipe(v.number(), v.finite(), v.minValue(0));
const Nanoseconds = v.pipe(v.string(), v.regex(/^\d{1,20}$/));

/** A position in the reader's own file; lines and columns count from 1. */
export const PositionSchema = v.object({ file: Text, line: Count, column: Count });
export type Position = v.InferOutput<typeof PositionSchema>;

/** A line the program printed. */
export const ConsoleEventSchema = v.object({
  type: v.literal("console"),
  level: v.picklist(["log", "info", "warn", "error", "debug"]),
  text: Text,
});
export type ConsoleEvent = v.InferOutput<typeof ConsoleEventSchema>;

/** A finished exchange with a mocked service, or a refused one (`status` 0 and `error`). */
export const HttpEventSchema = v.object({
  type: v.literal("http"),
  id: Count,
  service: v.nullable(Text),
  method: Text,
  url: Text,
  status: Count,
  requestHeaders: v.record(Text, Text),
  requestBody: v.nullable(Text),
  responseHeaders: v.record(Text, Text),
  responseBody: Text,
  /** Milliseconds since the UNIX epoch, in the program's (simulated) time. */
  startTimeMs: Count,
  durationMs: Count,
  error: v.optional(Text),
});
export type HttpEvent = v.InferOutput<typeof HttpEventSchema>;

/** A span that has just started or ended, so that the page can draw it before the trace is whole. */
export const SpanEventSchema = v.object({
  type: v.literal("span"),
  phase: v.picklist(["start", "end"]),
  traceId: Text,
  spanId: Text,
  parentId: v.nullable(Text),
  name: Text,
  spanType: Text,
  startTimeUnixNano: Nanoseconds,
  endTimeUnixNano: v.nullable(Nanoseconds),
  status: v.picklist(["UNSET", "OK", "ERROR"]),
});
export type SpanEvent = v.InferOutput<typeof SpanEventSchema>;

const TraceSpanSchema = v.object({
  trace_id: Text,
  span_id: Text,
  parent_span_id: v.nullish(Text),
  name: Text,
  start_time_unix_nano: Nanoseconds,
  end_time_unix_nano: v.nullable(Nanoseconds),
  status: v.object({ code: Text, message: v.optional(Text) }),
  attributes: v.record(Text, v.unknown()),
  events: v.array(v.object({ name: Text, time_unix_nano: Nanoseconds, attributes: v.record(Text, v.unknown()) })),
  links: v.optional(v.array(v.unknown())),
});

/**
 * A trace as the tracking server gave it back: MLflow's own JSON (`traces.json` with its trace info), except that
 * nanosecond integers are decimal strings, so that any JSON parser keeps them exact. Attribute values are JSON texts.
 */
export const TraceSchema = v.object({
  info: v.looseObject({
    trace_id: Text,
    request_time: v.optional(Text),
    execution_duration: v.optional(Text),
    state: v.optional(Text),
    request_preview: v.optional(Text),
    response_preview: v.optional(Text),
    trace_metadata: v.optional(v.record(Text, Text)),
    tags: v.optional(v.record(Text, Text)),
  }),
  data: v.object({ spans: v.array(TraceSpanSchema) }),
});
export type Trace = v.InferOutput<typeof TraceSchema>;

export const TraceEventSchema = v.object({ type: v.literal("trace"), trace: TraceSchema });
export type TraceEvent = v.InferOutput<typeof TraceEventSchema>;

/** Why the program failed. `at` is missing when the failure has no place in the reader's files. */
export const ErrorEventSchema = v.object({
  type: v.literal("error"),
  kind: v.picklist(["syntax", "thrown", "rejection", "engine"]),
  name: Text,
  message: Text,
  stack: Text,
  at: v.optional(PositionSchema),
});
export type ErrorEvent = v.InferOutput<typeof ErrorEventSchema>;

/** What the budget kept back. Sent once, before `exit`, when anything was dropped. */
export const DroppedEventSchema = v.object({ type: v.literal("dropped"), messages: Count, bytes: Count });
export type DroppedEvent = v.InferOutput<typeof DroppedEventSchema>;

/** The program has come to its end and every trace has been read back. */
export const ExitEventSchema = v.object({ type: v.literal("exit"), ok: v.boolean() });
export type ExitEvent = v.InferOutput<typeof ExitEventSchema>;

export const RunEventSchema = v.variant("type", [
  ConsoleEventSchema,
  HttpEventSchema,
  SpanEventSchema,
  TraceEventSchema,
  ErrorEventSchema,
  DroppedEventSchema,
  ExitEventSchema,
]);
export type RunEvent = v.InferOutput<typeof RunEventSchema>;

/** One file after lowering: a CommonJS function body in generators only, and its version 3 source map as JSON text. */
export interface CompiledFile {
  readonly code: string;
  readonly map: string;
}

/** What is run. `files` maps paths (`main.ts`) to source. */
export interface Program {
  readonly language: "typescript" | "python";
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
  /** Compiled ahead of time for exactly these `files`; without it the engine compiles. */
  readonly compiled?: Readonly<Record<string, CompiledFile>>;
  /** Names of mocked services besides those that the imported packages imply, e.g. `anthropic`. */
  readonly services?: readonly string[];
  /** The replies that each mocked service has been given, by service name; see the service's own schema. */
  readonly scripts?: Readonly<Record<string, unknown>>;
  /** `off` answers at once; `simulated` (default) lets simulated time pass without making anybody wait. */
  readonly latency?: "simulated" | "off";
}

export type EngineName = "sandbox" | "webcontainer" | "node";

/** How a run ended. */
export interface RunResult {
  readonly engine: EngineName;
  readonly outcome: "completed" | "failed" | "stopped" | "timed-out";
  /** Wall-clock milliseconds from the call of `run` to its end. */
  readonly durationMs: number;
  /** Spans in all traces that the server received. */
  readonly spanCount: number;
  /** Messages that the budget dropped. */
  readonly dropped: number;
  /** The failure behind `failed`, the last one if there were several. */
  readonly error?: ErrorEvent;
}

/** Receives every event of a run in order. Must not throw; an engine that is thrown at stops the run. */
export type RunSink = (event: RunEvent) => void;

/** Something that runs programs. */
export interface Engine {
  readonly name: EngineName;
  /** As readers see it, e.g. `Sandbox`. */
  readonly label: string;
  /** Prepares for a run of `program` that may come soon. Never rejects; calling it twice is free. */
  warm(program: Program): Promise<void>;
  /**
   * Runs `program` to its end, its deadline or its abort. Never rejects: failures are in the result.
   * After `signal` aborts, nothing of the program runs any more and no further event arrives.
   */
  run(program: Program, sink: RunSink, signal: AbortSignal): Promise<RunResult>;
  /** Ends every worker, frame and process that the engine holds. The engine can be used again afterwards. */
  dispose(): void;
}

/** A failed compilation. */
export interface CompileProblem {
  readonly message: string;
  readonly at: Position;
}

export type CompileResult =
  | { readonly ok: true; readonly file: CompiledFile }
  | { readonly ok: false; readonly problems: readonly CompileProblem[] };

/** Turns one source file into what an engine can run. */
export type Compile = (path: string, source: string, isEntry: boolean) => Promise<CompileResult> | CompileResult;
