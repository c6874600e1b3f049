import {
  type FinishedTrace,
  flushTraces,
  InMemoryTraceExporter,
  init,
  type LiveSpan,
  registerOnSpanEndHook,
  registerOnSpanStartHook,
  setDiagnosticSink,
  shutdown,
} from "mlflow-tracing";
import { sleep } from "./provider/played-provider.js";
import { watchUnhandledRejections } from "./unhandled.js";

/** What was recorded while some work ran. */
export interface Recording {
  /** In the order of their start. */
  readonly spans: readonly LiveSpan[];
  readonly ended: ReadonlySet<LiveSpan>;
  readonly traces: readonly FinishedTrace[];
  /** Reasons of rejections that nobody handled. */
  readonly unhandled: readonly unknown[];
}

/** How long spans that are open when the work is over have to end, in ms. */
const GRACE_MS = 300;

/** The spans of this moment; grows while the work runs. */
class Recorder implements Recording {
  readonly spans: LiveSpan[] = [];
  readonly ended = new Set<LiveSpan>();
  readonly exporter = new InMemoryTraceExporter();
  readonly unhandled: unknown[] = [];

  get traces(): FinishedTrace[] {
    return this.exporter.traces;
  }
}

/**
 * Runs `work` with all traces going to memory, and afterwards puts the SDK back into the state before `init`. Not for use
 * by two at once.
 *
 * @param options.initialised `false` leaves the SDK without `init`
 */
export async function capture<T>(
  work: (recording: Recording) => Promise<T>,
  options: { initialised?: boolean } = {},
): Promise<{ result: T; recording: Recording }> {
  const recorder = new Recorder();
  const undo = [
    registerOnSpanStartHook((span) => void recorder.spans.push(span)),
    registerOnSpanEndHook((span) => void recorder.ended.add(span)),
    setDiagnosticSink(() => {}),
    watchUnhandledRejections((reason) => void recorder.unhandled.push(reason)),
  ];
  try {
    await shutdown();
    if (options.initialised !== false) init({ exporter: recorder.exporter });
    const result = await work(recorder);
    await settle(recorder);
    return { result, recording: recorder };
  } finally {
    for (const step of undo) step();
    await shutdown();
  }
}

async function settle(recording: Recording): Promise<void> {
  // Rejections count as unhandled from the next task on.
  await sleep(1);
  for (let waited = 0; waited < GRACE_MS && recording.ended.size < recording.spans.length; waited += 10)
    await sleep(10);
  await flushTraces();
}
