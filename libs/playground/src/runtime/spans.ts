import type { SpanEvent } from "../contract";
import type { Registry } from "./registry";

type HrTime = readonly [seconds: number, nanoseconds: number];

/** The part of a live span of the SDK that is shown while the program runs. */
interface ObservedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly spanType: string;
  readonly startTime: HrTime;
  readonly endTime: HrTime | null;
  readonly status: { readonly statusCode: string };
}

interface SpanHooks {
  registerOnSpanStartHook(hook: (span: ObservedSpan) => void): void;
  registerOnSpanEndHook(hook: (span: ObservedSpan) => void): void;
}

/** Reports spans as they start and end, through the SDK's public hooks, from the moment the program loads the SDK. */
export function observeSpans(registry: Registry, emit: (event: SpanEvent) => void): void {
  registry.whenLoaded("mlflow-tracing", (exports) => {
    const sdk = exports as SpanHooks;
    const ended = new Set<string>();
    sdk.registerOnSpanStartHook((span) => {
      // The type is set right after the span has started; a span that is over by then needs no start.
      queueMicrotask(() => ended.delete(span.spanId) || emit(spanEvent(span, "start")));
    });
    sdk.registerOnSpanEndHook((span) => {
      ended.add(span.spanId);
      queueMicrotask(() => ended.delete(span.spanId));
      emit(spanEvent(span, "end"));
    });
  });
}

function spanEvent(span: ObservedSpan, phase: SpanEvent["phase"]): SpanEvent {
  const ended = phase === "end" && span.endTime !== null;
  return {
    type: "span",
    phase,
    traceId: span.traceId,
    spanId: span.spanId,
    parentId: span.parentId,
    name: span.name,
    spanType: span.spanType,
    startTimeUnixNano: nanoseconds(span.startTime),
    endTimeUnixNano: ended && span.endTime ? nanoseconds(span.endTime) : null,
    status: STATUS[span.status.statusCode] ?? "UNSET",
  };
}

const STATUS: Readonly<Record<string, SpanEvent["status"]>> = {
  STATUS_CODE_OK: "OK",
  STATUS_CODE_ERROR: "ERROR",
};

function nanoseconds([seconds, rest]: HrTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(rest));
}
