import type { SpanJson } from "./span-json.js";
import type { TraceData } from "./trace-data.js";
import type { TraceInfo } from "./trace-info.js";

/**
 * A whole trace.
 *
 * @example
 * const { info, data } = await client.getTrace(traceId);
 * console.log(info.state, info.tokenUsage, data.spans.length);
 */
export class Trace {
  readonly info: TraceInfo;
  readonly data: TraceData;

  constructor(info: TraceInfo, data: TraceData) {
    this.info = info;
    this.data = data;
  }

  /** Info in the REST API's form, spans as in `traces.json`. */
  toJson(): { info: Record<string, unknown>; data: { spans: SpanJson[] } } {
    return { info: this.info.toJson(), data: this.data.toJson() };
  }
}
