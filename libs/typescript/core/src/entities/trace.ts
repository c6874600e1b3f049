import { asRecord } from "../json/read.js";
import type { SpanJson } from "./span-json.js";
import { TraceData } from "./trace-data.js";
import { TraceInfo } from "./trace-info.js";

/** A whole trace. */
export class Trace {
  readonly info: TraceInfo;
  readonly data: TraceData;

  constructor(info: TraceInfo, data: TraceData) {
    this.info = info;
    this.data = data;
  }

  toJson(): { info: Record<string, unknown>; data: { spans: SpanJson[] } } {
    return { info: this.info.toJson(), data: this.data.toJson() };
  }

  static fromJson(json: unknown): Trace {
    const { info, data } = asRecord(json);
    return new Trace(TraceInfo.fromJson(info), TraceData.fromJson(data));
  }
}
