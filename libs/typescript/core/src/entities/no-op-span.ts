import type { HrTime } from "@opentelemetry/api";
import { NO_OP_SPAN_TRACE_ID, SpanType } from "../constants.js";
import { INVALID_SPAN_CONTEXT, SpanStatusCode as OtelStatusCode, trace } from "../otel/api.js";
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
const EMPTY: RecordingSpan = Object.assign(trace.wrapSpanContext(INVALID_SPAN_CONTEXT), {
  name: "",
  startTime: [0, 0] as HrTime,
  endTime: [0, 0] as HrTime,
  ended: true,
  status: { code: OtelStatusCode.UNSET },
  attributes: {},
  events: [],
  links: [],
});
