import { SpanStatusCode } from "./span-status.js";

/** How a trace stands. */
export const TraceState = {
  STATE_UNSPECIFIED: "STATE_UNSPECIFIED",
  OK: "OK",
  ERROR: "ERROR",
  IN_PROGRESS: "IN_PROGRESS",
} as const;
export type TraceState = (typeof TraceState)[keyof typeof TraceState];

/** The state of a finished trace from the status of its root: ERROR if that failed, else OK. */
export function traceStateOf(rootStatus: SpanStatusCode): TraceState {
  return rootStatus === SpanStatusCode.ERROR ? "ERROR" : "OK";
}
