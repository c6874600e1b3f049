import { clsx } from "clsx";
import type { CSSProperties } from "react";
import { hueOf } from "../format/span-type";
import type { SpanNode } from "../model/span-node";

/** Where a span lies on the time axis. One without an end reaches to the right edge: now. */
export function WaterfallBar({ node, lengthMs }: { readonly node: SpanNode; readonly lengthMs: number }) {
  const open = node.endMs === null;
  const left = percentOf(node.startMs, lengthMs, 0);
  const right = percentOf(node.endMs ?? lengthMs, lengthMs, 100);
  const style = { "--tv-x": `${left}%`, "--tv-w": `${round(Math.max(0, right - left))}%` } as CSSProperties;
  return (
    <span
      className={clsx(
        "tv-bar",
        `tv-hue-${hueOf(node.type)}`,
        open && "tv-bar-open",
        node.status === "ERROR" && "tv-bar-error",
      )}
      style={style}
    />
  );
}

function percentOf(ms: number, lengthMs: number, fallback: number): number {
  return lengthMs > 0 ? round(Math.min(100, Math.max(0, (ms / lengthMs) * 100))) : fallback;
}

function round(percent: number): number {
  return Math.round(percent * 1000) / 1000;
}
