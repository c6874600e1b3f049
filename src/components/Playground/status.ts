import type { ErrorEvent, RunResult } from "@tracebook/playground/contract";
import type { RunState } from "./run-state";

const ENGINE_LABELS: Readonly<Record<RunResult["engine"], string>> = {
  sandbox: "Sandbox",
  webcontainer: "Node.js (WebContainer)",
  node: "Node.js",
};

/** One line about the last run for the status of a playground, e.g. `Sandbox · 12 ms · 7 spans`. */
export function statusText(state: RunState): string {
  if (state.phase === "recorded") return `Recorded run · ${spans(recordedSpans(state))}`;
  if (state.phase === "running") return "Running…";
  const { result } = state;
  const engine = ENGINE_LABELS[result.engine];
  const duration = formatDuration(result.durationMs);
  const facts = [engine, duration, spans(result.spanCount), ...droppedText(result.dropped)].join(" · ");
  if (result.outcome === "stopped") return `Stopped · ${engine} · ${duration}`;
  if (result.outcome === "timed-out") return `Timed out · ${engine} · ${duration}`;
  return result.error ? `${errorText(result.error)} · ${facts}` : facts;
}

/** The error as a sentence with its place, e.g. `Error: boom (main.ts:12:3)`. */
export function errorText({ name, message, at }: ErrorEvent): string {
  const [firstLine = ""] = message.split("\n");
  const place = at ? ` (${at.file}:${at.line}:${at.column})` : "";
  return `${name}: ${firstLine}${place}`;
}

function recordedSpans(state: RunState): number {
  return state.output.traces.reduce((sum, trace) => sum + trace.data.spans.length, 0);
}

function spans(count: number): string {
  return count === 1 ? "1 span" : `${count} spans`;
}

function droppedText(dropped: number): string[] {
  return dropped === 0 ? [] : [`${dropped} messages dropped`];
}

/** Wall-clock time of a run: whole milliseconds, then seconds. */
function formatDuration(ms: number): string {
  return ms < 1_000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
