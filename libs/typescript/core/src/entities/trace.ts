import { asRecord } from "../json/read.js";
import type { SpanJson } from "./span-json.js";
import { TraceData } from "./trace-data.js";
import { type AssessmentReader, TraceInfo } from "./trace-info.js";

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

  /** Reads what `toJson` wrote. @param readAssessment see {@link TraceInfo.fromJson} */
  static fromJson(json: unknown, readAssessment?: AssessmentReader): Trace {
    const { info, data } = asRecord(json);
    return new Trace(TraceInfo.fromJson(info, readAssessment), TraceData.fromJson(data));
  }
}
