import { createDestination } from "#destination";
import { platform } from "#platform";
import { type InitOptions, resolveConfig } from "./config.js";
import { warn } from "./diagnostics.js";
import type { TraceExporter } from "./export/trace-exporter.js";
import { context, propagation, trace } from "./otel/api.js";
import { type MlflowTracer, MlflowTracerProvider } from "./otel/tracer-provider.js";
import { InMemoryTraceManager } from "./telemetry/in-memory-trace-manager.js";
import { type TraceDestination, TraceRecorder } from "./telemetry/trace-recorder.js";

let destination: TraceDestination | undefined;
let provider: MlflowTracerProvider | undefined;
const recorder = new TraceRecorder(() => destination);
/** What takes back each registration of ours with OpenTelemetry's global API. */
const registrations: (() => void)[] = [];

/** Where traces go: to a tracking server, or to an exporter of your own. */
export type InitDestination = InitOptions | { exporter: TraceExporter; experimentId?: string };

/**
 * Makes the SDK ready: from now on spans are recorded and sent to the tracking server. Can be called again to send the
 * traces that start later somewhere else.
 *
 * @throws Error when the tracking URI or the experiment id is missing or wrong
 * @example init({ trackingUri: "http://localhost:5000", experimentId: "1" });
 * @example init({ exporter: new InMemoryTraceExporter() }); // in a test
 */
export function init(options: InitDestination = {}): void {
  const next = resolveDestination(options);
  destination = { ...next, exporter: chainFlush(destination, next.exporter) };
  provider ??= startProvider();
}

function resolveDestination(options: InitDestination): TraceDestination {
  if ("exporter" in options) return { experimentId: options.experimentId ?? "0", exporter: options.exporter };
  return createDestination(resolveConfig(options));
}

/** The tracer of our own provider; `undefined` before `init`. */
export function getTracer(): MlflowTracer | undefined {
  return provider?.getTracer();
}

/** Where traces go at present; `undefined` before `init`. */
export function getDestination(): TraceDestination | undefined {
  return destination;
}

export function getRecorder(): TraceRecorder {
  return recorder;
}

/**
 * Resolves when all finished traces are stored or given up. Never rejects: failures have been reported already.
 *
 * @example await flushTraces(); // at the end of a script
 */
export async function flushTraces(): Promise<void> {
  try {
    await destination?.exporter.flush();
  } catch (error) {
    warn("Failed to flush traces", error);
  }
}

/**
 * Stops recording: waits for the traces under way, forgets the ones that are open, and gives back what `init` has registered
 * with OpenTelemetry. Afterwards the SDK is as before the first `init`, which may be called again. Never rejects.
 *
 * @example await shutdown(); // at the end of a test
 */
export async function shutdown(): Promise<void> {
  await closeQuietly(destination?.exporter);
  destination = undefined;
  provider = undefined;
  for (const release of registrations.splice(0)) release();
  InMemoryTraceManager.reset();
}

/** Never rejects: what an exporter of somebody else does must not end the process as an unhandled rejection. */
async function closeQuietly(exporter: TraceExporter | undefined): Promise<void> {
  try {
    await (exporter?.close ? exporter.close() : exporter?.flush());
  } catch (error) {
    warn("Failed to close an exporter", error);
  }
}

/** A flush after a second `init` still waits for what the first destination has not sent. */
function chainFlush(previous: TraceDestination | undefined, next: TraceExporter): TraceExporter {
  if (!previous) return next;
  const earlier = closeQuietly(previous.exporter);
  return {
    export: (finished) => next.export(finished),
    flush: async () => void (await Promise.all([earlier, next.flush()])),
    close: async () => void (await Promise.all([earlier, closeQuietly(next)])),
  };
}

function startProvider(): MlflowTracerProvider {
  const started = new MlflowTracerProvider(recorder);
  // Each of these is refused, harmlessly, where the application has registered its own.
  const registered: [boolean, () => void][] = [
    [context.setGlobalContextManager(platform.createContextManager().enable()), () => context.disable()],
    [propagation.setGlobalPropagator(platform.createPropagator()), () => propagation.disable()],
    [trace.setGlobalTracerProvider(started), () => trace.disable()],
  ];
  for (const [isOurs, release] of registered) if (isOurs) registrations.push(release);
  return started;
}
