/** The context probe twice: over a storage alone, and over the SDK's active span, whose spans are sent to the server. */
import { type ContextProbeReport, type ContextStorage, runContextProbe } from "@tracebook/playground/probe";
import { flushTraces, init, startSpan, withSpan } from "mlflow-tracing";
import { runProgram } from "./report";

export interface ProbeResult {
  readonly storage: ContextProbeReport;
  readonly sdk: ContextProbeReport;
}

/** Each question is a span of its own, whose parent is the answer; the span says it, too, for whoever reads it at the server. */
function activeSpanStorage(): ContextStorage<string> {
  const names = new Map<string, string>();
  return {
    getStore() {
      const mark = startSpan({ name: "mark" });
      const parent = names.get(mark.parentId ?? "");
      mark.setAttribute("seen", parent ?? "none");
      mark.end();
      return parent;
    },
    run: (store, callback) =>
      withSpan(
        (span) => {
          names.set(span.spanId, store);
          return callback();
        },
        { name: store },
      ),
  };
}

/** @param createStorage makes the storage that the SDK finds, too. */
export function runProbe(createStorage: () => ContextStorage<string>): Promise<void> {
  return runProgram(async (parameters): Promise<ProbeResult> => {
    init({ trackingUri: parameters.get("tracking") ?? "", experimentId: "7" });
    const storage = await runContextProbe(createStorage);
    const sdk = await runContextProbe(activeSpanStorage);
    await flushTraces();
    return { storage, sdk };
  });
}
