/**
 * A page that is left while traces are unsent: some under way to a server that does not answer, some waiting, and one whose
 * span the page itself ends as it goes.
 */
import { installAsyncContext } from "@tracebook/playground/async-context";
import { init, startSpan, withSpan } from "mlflow-tracing";
import { runProgram } from "./report";

export interface LeaveResult {
  /** Traces that the server must have, in the end. */
  readonly traceIds: readonly string[];
}

/** More than the SDK sends at a time. */
const TRACES = 6;

/** The control: the SDK does not learn that the page ends. */
function hideTheEnd(): void {
  const original = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, ...args) {
    if (["pagehide", "visibilitychange"].includes(args[0])) return;
    original.apply(this ?? globalThis, args);
  };
}

/** Tells the server of each request with `keepalive`; as the other control, makes it one without. */
function watchKeepalive(tracking: string, isForbidden: boolean): void {
  const original = globalThis.fetch;
  globalThis.fetch = (url, init) => {
    if (!init?.keepalive) return original(url, init);
    navigator.sendBeacon(`${tracking}/keepalive`);
    return original(url, { ...init, keepalive: !isForbidden });
  };
}

function recordTrace(index: number): string {
  return withSpan(
    (span) => {
      span.setInputs({ index });
      return span.traceId;
    },
    { name: `trace ${index}` },
  );
}

function endWithPage(): string {
  const span = startSpan({ name: "visit" });
  addEventListener("pagehide", () => span.end({ outputs: "left" }));
  return span.traceId;
}

void runProgram(async (parameters): Promise<LeaveResult> => {
  const tracking = parameters.get("tracking") ?? "";
  if (parameters.get("storage") === "installed") installAsyncContext();
  if (parameters.get("mode") === "control") hideTheEnd();
  watchKeepalive(tracking, parameters.get("mode") === "brief");
  init({ trackingUri: tracking, experimentId: "7" });
  const recorded = Array.from({ length: TRACES }, (_, index) => recordTrace(index));
  const traceIds = parameters.get("mode") === "ending" ? [...recorded, endWithPage()] : recorded;
  // Answers once the server holds as many requests as it was told to.
  await fetch(`${tracking}/held`);
  return { traceIds };
}).then(() => location.assign("/blank"));
