import type { LiveSpan } from "../entities/live-span.js";
import type { TraceInfo } from "../entities/trace-info.js";
import type { Attachment } from "../export/trace-exporter.js";

/** A trace in progress. */
export class LiveTrace {
  readonly info: TraceInfo;
  /** By span id, in the order of their start. */
  readonly spanDict = new Map<string, LiveSpan>();
  /** 32 hex digits. */
  readonly otelTraceId: string;
  /** MLflow's trace id as JSON text, which every span has as an attribute. */
  readonly idJson: string;
  /** The trace began in another process. */
  readonly isRemote: boolean;
  readonly attachments: Attachment[] = [];
  attachmentBytes = 0;
  /** What a chat said, noted when the root's inputs and outputs were set; `undefined` where they were not set by MLflow's API. */
  readonly chatText: { request?: string; response?: string } = {};
  /** Spans that have not ended. */
  openSpans = 0;
  /** `false` once the trace is finished or dropped; its spans are then no parents any more. */
  inProgress = true;

  constructor(otelTraceId: string, info: TraceInfo, isRemote: boolean) {
    this.otelTraceId = otelTraceId;
    this.info = info;
    this.idJson = JSON.stringify(info.traceId);
    this.isRemote = isRemote;
  }

  /** The span that started first. */
  get root(): LiveSpan | undefined {
    return this.spanDict.values().next().value;
  }
}
