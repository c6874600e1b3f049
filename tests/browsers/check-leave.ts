import type { LeaveResult } from "./programs/leave";
import type { Received } from "./receiver";
import { type Case, reportedValue, runCase, type Stage, takeProblems, waitFor } from "./stage";

/** As many traces as the SDK sends at a time. */
const UNDER_WAY = 4;
/** What stores one trace: its spans, and its info. */
const REQUESTS = 2;
const ARRIVAL_MS = 10_000;
const SILENCE_MS = 5_000;

/** Leaves a page in the middle: what was unsent, under way or waiting must arrive all the same. */
export async function checkLeave(stage: Stage, options: Pick<Case, "variant" | "storage" | "mode">): Promise<string[]> {
  const outcome = await runCase(stage, { ...options, program: "leave", hold: UNDER_WAY });
  const { traceIds } = reportedValue<LeaveResult>(outcome);
  const { received } = outcome;
  const expected = REQUESTS * traceIds.length;
  await waitFor(ARRIVAL_MS, () => missing(traceIds, received).length === 0 && received.keepalives >= expected);
  const lost = missing(traceIds, received);
  return [
    ...takeProblems(outcome),
    ...(lost.length === 0 ? [] : [`${lost.length} of ${traceIds.length} traces were lost with the page`]),
    ...(received.keepalives >= expected ? [] : [`${received.keepalives} of ${expected} requests had keepalive`]),
  ];
}

/** The controls: what does not learn of the page's end, or sends requests that end with it, must lose what waited. */
export async function checkLeaveControl(stage: Stage, mode: "control" | "brief"): Promise<string[]> {
  const outcome = await runCase(stage, { program: "leave", variant: "native", mode, hold: UNDER_WAY });
  const { traceIds } = reportedValue<LeaveResult>(outcome);
  await waitFor(SILENCE_MS, () => missing(traceIds, outcome.received).length === 0);
  takeProblems(outcome);
  const lost = missing(traceIds, outcome.received).length;
  return lost > traceIds.length - UNDER_WAY - 1 ? [] : [`the control lost only ${lost} of ${traceIds.length} traces`];
}

/** Traces of which the spans or the info have not arrived. */
function missing(traceIds: readonly string[], { spans, infos }: Received): string[] {
  const withSpans = new Set(spans.map(({ traceId }) => `tr-${traceId}`));
  const withInfo = new Set(infos.map(({ trace_id }) => trace_id));
  return traceIds.filter((id) => !withSpans.has(id) || !withInfo.has(id));
}
