import { type HrTime, INVALID_SPAN_CONTEXT, SpanStatusCode as OtelStatusCode } from "@opentelemetry/api";
import { NO_OP_SPAN_TRACE_ID, SpanType } from "../constants.js";
import type { RecordingSpan } from "../otel/readable-span.js";
import { LiveSpan } from "./live-span.js";
import type { SpanLogLevel } from "./span-log-level.js";

/** What tracing calls give when nothing is recorded: every setter does nothing, every value is empty. */
export class NoOpSpan extends LiveSpan {
  constructor() {
    super(EMPTY, undefined, null);
  }

  override get traceId(): string {
    return NO_OP_SPAN_TRACE_ID;
  }

  override get spanId(): string {
    return "";
  }

  override get spanType(): SpanType {
    return SpanType.UNKNOWN;
  }

  override get logLevel(): SpanLogLevel | null {
    return null;
  }

  override get endTime(): HrTime | null {
    return null;
  }

  override get inputs(): unknown {
    return null;
  }

  override get outputs(): unknown {
    return null;
  }

  /** Always `null`. */
  override getAttribute(): unknown {
    return null;
  }

  /** Does nothing, for a level that does not exist too. */
  override setLogLevel(): void {}
  /** Does nothing. */
  override end(): void {}
}

/** An ended span without contents, which therefore refuses every change. */
const EMPTY = emptyOtelSpan();

function emptyOtelSpan(): RecordingSpan {
  const self = () => empty;
  const empty: RecordingSpan = {
    name: "",
    spanContext: () => INVALID_SPAN_CONTEXT,
    startTime: [0, 0],
    endTime: [0, 0],
    ended: true,
    status: { code: OtelStatusCode.UNSET },
    attributes: {},
    events: [],
    links: [],
    isRecording: () => false,
    setAttribute: self,
    setAttributes: self,
    addEvent: self,
    addLink: self,
    addLinks: self,
    setStatus: self,
    updateName: self,
    recordException: () => {},
    end: () => {},
  };
  return empty;
}
