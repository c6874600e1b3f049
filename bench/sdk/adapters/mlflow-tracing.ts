import { type FinishedTrace, init, SpanType, trace } from "mlflow-tracing";
import { stringifyJson } from "../../../libs/typescript/core/src/json/bigint-json";
import type { Adapter } from "../adapter";

export function createAdapter(): Adapter {
  let finished: FinishedTrace[] = [];
  let received = 0;
  init({ exporter: { export: (trace) => void finished.push(trace), flush: async () => {} } });
  return {
    received: () => received,
    async flush() {
      for (const { trace } of finished) {
        const { info, data } = trace;
        JSON.stringify(info.toJson());
        if (stringifyJson(data.toJson())) received += data.spans.length;
      }
      finished = [];
    },
    wrap: (name, fn) => trace(fn as never, { name, spanType: SpanType.CHAIN }) as never,
  };
}
