import type { CallRecorder } from "mlflow-tracing";
import { countTokensBelow, startModelCall } from "./model-call.js";
import type { Models } from "./models-copy.js";
import { recordResult } from "./record-result.js";
import { recordStream } from "./response-stream.js";
import { withTraceHeader } from "./trace-header.js";

const RECORD = { generateContentInternal: recordResult, generateContentStreamInternal: recordStream };

/** Makes `models`, the copy for one call, record a span below `outer` for each request of that call. */
export function recordRounds(models: Models, outer: CallRecorder, propagate: boolean): void {
  countTokensBelow(outer);
  for (const method of ["generateContentInternal", "generateContentStreamInternal"] as const) {
    const original = models[method].bind(models);
    const recorded = (request: unknown): Promise<unknown> => {
      const round = startModelCall(method, request, { parent: outer.span });
      if (!round) return original(request);
      const result = round.run(() => original(withTraceHeader(request, round.span, propagate)));
      return RECORD[method](result, round, request);
    };
    Object.defineProperty(models, method, { value: recorded });
  }
}
