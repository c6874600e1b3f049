import { clsx } from "clsx";
import { type CSSProperties, memo } from "react";
import { formatCount } from "../format/number";
import type { SpanNode } from "../model/span-node";
import { durationText, firstLine, rowLabel } from "./row-label";
import { TypeChip } from "./TypeChip";
import { TreeGridCell, TreeGridRow } from "./treegrid-parts";
import { WaterfallBar } from "./WaterfallBar";

export interface SpanRowProps {
  readonly node: SpanNode;
  /** Position among the visible rows. */
  readonly row: number;
  readonly lengthMs: number;
  readonly expanded: boolean;
  readonly active: boolean;
  readonly selected: boolean;
  /** Set when rows are placed by number instead of by flow. */
  readonly windowed: boolean;
}

/** One span: its name in the tree, its duration, its bar. Events are handled by the tree. */
export const SpanRow = memo(function SpanRow(props: SpanRowProps) {
  const { node, row, expanded, active, selected, windowed } = props;
  const style = { "--tv-depth": node.depth, ...(windowed && { "--tv-at": row }) } as CSSProperties;
  return (
    <TreeGridRow
      aria-label={rowLabel(node)}
      aria-level={node.depth + 1}
      aria-posinset={node.positionInSet}
      aria-setsize={node.setSize}
      aria-selected={selected}
      aria-expanded={node.subtreeSize > 1 ? expanded : undefined}
      aria-rowindex={windowed ? row + 1 : undefined}
      tabIndex={active ? 0 : -1}
      data-row={row}
      className={clsx("tv-row", windowed && "tv-row-placed", node.status === "ERROR" && "tv-row-error")}
      style={style}
    >
      <NameCell node={node} expanded={expanded} />
      <TreeGridCell className="tv-time">{durationText(node)}</TreeGridCell>
      <TreeGridCell className="tv-track">
        <WaterfallBar node={node} lengthMs={props.lengthMs} />
      </TreeGridCell>
    </TreeGridRow>
  );
});

function NameCell({ node, expanded }: { readonly node: SpanNode; readonly expanded: boolean }) {
  const failed = node.status === "ERROR";
  return (
    <TreeGridCell className="tv-name">
      <span className="tv-toggle" data-toggle={node.subtreeSize > 1 ? "" : undefined} aria-hidden="true">
        {node.subtreeSize > 1 && <Chevron expanded={expanded} />}
      </span>
      <TypeChip type={node.type} />
      <span className="tv-label" title={node.name}>
        {node.name}
      </span>
      {node.usage && (
        <span
          className="tv-tokens"
          title={`${node.usage.inputTokens} input tokens, ${node.usage.outputTokens} output tokens`}
        >
          {formatCount(node.usage.inputTokens)}→{formatCount(node.usage.outputTokens)}
        </span>
      )}
      {failed && (
        <span className="tv-message" title={node.statusMessage || undefined}>
          {firstLine(node.statusMessage) || "failed"}
        </span>
      )}
    </TreeGridCell>
  );
}

function Chevron({ expanded }: { readonly expanded: boolean }) {
  return (
    <svg
      viewBox="0 0 10 10"
      width="10"
      height="10"
      aria-hidden="true"
      className={expanded ? "tv-chevron-open" : undefined}
    >
      <path d="M3 1.5 7.5 5 3 8.5z" fill="currentColor" />
    </svg>
  );
}
