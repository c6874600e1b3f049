import type {
  ConsoleEvent,
  ErrorEvent,
  HttpEvent,
  RunEvent,
  RunResult,
  SpanEvent,
  Trace,
} from "@tracebook/playground/contract";
import type { PlaygroundExample } from "./example";

/** Everything a run has said so far. */
export interface RunOutput {
  readonly traces: readonly Trace[];
  /** The last event of each span whose trace has not arrived, in order of their start. */
  readonly live: readonly SpanEvent[];
  readonly console: readonly Omit<ConsoleEvent, "type">[];
  readonly requests: readonly HttpEvent[];
  readonly error: ErrorEvent | null;
}

/** What a playground shows: the recording, a run under way (over the output of the one before), or a finished run. */
export type RunState =
  | { readonly phase: "recorded"; readonly output: RunOutput }
  | { readonly phase: "running"; readonly output: RunOutput; readonly fresh: boolean }
  | { readonly phase: "finished"; readonly output: RunOutput; readonly result: RunResult };

export type RunAction =
  | { readonly type: "started" }
  | { readonly type: "progressed"; readonly output: RunOutput }
  | { readonly type: "finished"; readonly output: RunOutput; readonly result: RunResult }
  | { readonly type: "reset"; readonly example: PlaygroundExample };

export const NO_OUTPUT: RunOutput = { traces: [], live: [], console: [], requests: [], error: null };

/** The state of a playground that nobody has touched. */
export function recordedState({ recording }: PlaygroundExample): RunState {
  return { phase: "recorded", output: { ...NO_OUTPUT, traces: recording.traces, console: recording.console } };
}

export function reduceRun(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case "started":
      // The output of the run before stays until there is something newer to show: nothing flashes, nothing jumps.
      return { phase: "running", output: { ...state.output, error: null }, fresh: false };
    case "progressed":
      return { phase: "running", output: action.output, fresh: true };
    case "finished":
      return { phase: "finished", output: action.output, result: action.result };
    case "reset":
      return recordedState(action.example);
  }
}

/** Collects the events of one run. Reading `output()` is cheap and gives a new object only after something has come. */
export function collectOutput() {
  const live = new Map<string, SpanEvent>();
  const traces: Trace[] = [];
  const console: ConsoleEvent[] = [];
  const requests: HttpEvent[] = [];
  let error: ErrorEvent | null = null;

  function add(event: RunEvent): void {
    if (event.type === "span") live.set(event.spanId, event);
    else if (event.type === "trace") traces.push(event.trace);
    else if (event.type === "console") console.push(event);
    else if (event.type === "http") requests.push(event);
    else if (event.type === "error") error = event;
  }

  function output(): RunOutput {
    const received = new Set(traces.map((trace) => trace.info.trace_id));
    return {
      traces: [...traces],
      live: [...live.values()].filter((span) => !received.has(span.traceId)),
      console: [...console],
      requests: [...requests],
      error,
    };
  }

  /** Whether nothing has come that could be shown. */
  const isEmpty = () => live.size + traces.length + console.length + requests.length === 0 && error === null;

  return { add, output, isEmpty };
}
