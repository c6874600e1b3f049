import { formatDuration } from "../format/duration";
import type { SpanNode } from "../model/span-node";

/** How far a span has come, in a word. */
export function statusWord(node: SpanNode): string {
  if (node.status === "ERROR") return "error";
  if (node.endMs === null) return node.live ? "running" : "not ended";
  return node.status === "OK" ? "ok" : "unset";
}

export function durationText(node: SpanNode): string {
  return node.durationMs === null ? statusWord(node) : formatDuration(node.durationMs);
}

/** @example "get_weather, TOOL, 2 ms, ok" */
export function rowLabel(node: SpanNode): string {
  const parts = [node.name, node.type];
  if (node.durationMs !== null) parts.push(formatDuration(node.durationMs).replaceAll("\u00a0", " "));
  parts.push(
    node.status === "ERROR" && node.statusMessage ? `error: ${firstLine(node.statusMessage)}` : statusWord(node),
  );
  return parts.join(", ");
}

const LABEL_LIMIT = 160;

/** The beginning of a message, for a place that has one line; the details show all of it. */
export function firstLine(message: string): string {
  const line =
    message
      .slice(0, LABEL_LIMIT * 2)
      .split("\n", 1)[0]
      ?.trim() ?? "";
  return line.length > LABEL_LIMIT ? `${line.slice(0, LABEL_LIMIT)}…` : line;
}
