import { type CSSProperties, useRef } from "react";
import type { TraceModel } from "../model/build-trace-model";
import type { SpanNode } from "../model/span-node";
import { renderedRows, WINDOW_THRESHOLD } from "./row-window";
import { SpanRow } from "./SpanRow";
import { TreeGrid } from "./treegrid-parts";
import { useRowWindow } from "./use-row-window";
import { useTree } from "./use-tree";

export interface TraceTreeProps {
  readonly model: TraceModel;
  readonly label: string;
  readonly selected: SpanNode | null;
  readonly onSelect: (node: SpanNode) => void;
}

/** Tree and waterfall on one grid, a line for each span. */
export function TraceTree({ model, label, selected, onSelect }: TraceTreeProps) {
  const container = useRef<HTMLDivElement>(null);
  const tree = useTree(model.nodes, selected?.index ?? -1, onSelect, container);
  const count = tree.rows.length;
  const windowed = count > WINDOW_THRESHOLD;
  const { range, onScroll } = useRowWindow(container, count, windowed);
  const rendered = renderedRows(windowed ? range : { first: 0, last: count }, count, tree.active);
  return (
    <div className="tv-scroll" ref={container} onScroll={windowed ? onScroll : undefined}>
      <TreeGrid
        aria-label={label}
        aria-rowcount={windowed ? count : undefined}
        className="tv-tree"
        style={windowed ? ({ "--tv-count": count } as CSSProperties) : undefined}
        onKeyDown={tree.onKeyDown}
        onClick={tree.onClick}
      >
        {rendered.map((row) => {
          const node = model.nodes[tree.rows[row] ?? -1];
          return (
            node && (
              // By place, not by span: the rows of a new run of the same program keep their elements.
              <SpanRow
                key={row}
                node={node}
                row={row}
                lengthMs={model.lengthMs}
                expanded={tree.isExpanded(node)}
                active={row === tree.active}
                selected={node.key === selected?.key}
                windowed={windowed}
              />
            )
          );
        })}
      </TreeGrid>
    </div>
  );
}
