import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { SpanNode } from "../model/span-node";
import { type KeyboardCommand, type KeyboardRows, keyboardCommand } from "./keyboard";
import { rowHeightIn } from "./use-row-window";
import { rowOf, visibleRows } from "./visible-rows";

/** Milliseconds after which typed letters begin a new word. */
const TYPE_AHEAD_PAUSE = 700;

export interface Tree {
  /** Indices of the visible spans. */
  readonly rows: Uint32Array;
  /** The row that holds the one tab stop. */
  readonly active: number;
  readonly isExpanded: (node: SpanNode) => boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onClick: (event: MouseEvent) => void;
}

/** State of the tree: what is collapsed and where the focus is, by key, so that arriving spans move neither. */
export function useTree(
  nodes: readonly SpanNode[],
  selectedIndex: number,
  onSelect: (node: SpanNode) => void,
  container: RefObject<HTMLElement | null>,
): Tree {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(() => new Set());
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const rows = useMemo(() => visibleRows(nodes, collapsed), [nodes, collapsed]);
  const active = useActiveRow(nodes, rows, activeKey, selectedIndex);
  const focusRow = useFocusAfterRender(container);
  const typeAhead = useRef({ typed: "", at: 0 });

  const setExpanded = useCallback((keys: readonly string[], expanded: boolean) => {
    setCollapsed((now) => {
      const next = new Set(now);
      for (const key of keys) expanded ? next.delete(key) : next.add(key);
      return next;
    });
  }, []);

  const run = (command: KeyboardCommand, now: number) => {
    typeAhead.current = { typed: "typed" in command ? (command.typed ?? "") : "", at: now };
    if (command.type === "typed") return;
    const node = nodes[rows[command.row] ?? -1];
    if (!node) return;
    setActiveKey(node.key);
    focusRow(command.row);
    if (command.type === "select") onSelect(node);
    else if (command.type === "expand-siblings") setExpanded(siblingKeys(nodes, node), true);
    else if (command.type !== "move") setExpanded([node.key], command.type === "expand");
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const typed = event.timeStamp - typeAhead.current.at < TYPE_AHEAD_PAUSE ? typeAhead.current.typed : "";
    const press = { key: event.key, modified: event.ctrlKey || event.altKey || event.metaKey };
    const state = { active, pageSize: pageSizeOf(container.current), typed };
    const command = keyboardCommand(state, press, keyboardRows(nodes, rows, collapsed));
    if (!command) return;
    event.preventDefault();
    run(command, event.timeStamp);
  };

  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    const row = Number(target.closest<HTMLElement>("[data-row]")?.dataset.row ?? Number.NaN);
    const node = nodes[rows[row] ?? -1];
    if (!node) return;
    setActiveKey(node.key);
    if (target.closest("[data-toggle]")) setExpanded([node.key], collapsed.has(node.key));
    else onSelect(node);
  };

  return { rows, active, isExpanded: (node) => !collapsed.has(node.key), onKeyDown, onClick };
}

/** The row the reader was on last, or else the selected one, or else the first. */
function useActiveRow(
  nodes: readonly SpanNode[],
  rows: Uint32Array,
  activeKey: string | null,
  selectedIndex: number,
): number {
  const index = useMemo(() => nodes.findIndex((node) => node.key === activeKey), [nodes, activeKey]);
  return Math.max(0, rowOf(rows, index >= 0 ? index : Math.max(0, selectedIndex)));
}

/** Moves the focus once the row is in the DOM. */
function useFocusAfterRender(container: RefObject<HTMLElement | null>): (row: number) => void {
  const wanted = useRef<number | null>(null);
  const [, rerender] = useState(0);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const element = container.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    wanted.current = null;
    element?.focus({ preventScroll: true });
    element?.scrollIntoView?.({ block: "nearest" });
  });
  return useCallback((row: number) => {
    wanted.current = row;
    rerender((count) => count + 1);
  }, []);
}

function siblingKeys(nodes: readonly SpanNode[], node: SpanNode): string[] {
  return nodes.filter((other) => other.parent === node.parent).map((other) => other.key);
}

function pageSizeOf(container: HTMLElement | null): number {
  const rowHeight = container ? rowHeightIn(container) : 0;
  return container && rowHeight > 0 ? Math.floor(container.clientHeight / rowHeight) - 1 : 10;
}

function keyboardRows(nodes: readonly SpanNode[], rows: Uint32Array, collapsed: ReadonlySet<string>): KeyboardRows {
  return {
    count: rows.length,
    at(row) {
      const node = nodes[rows[row] ?? 0] as SpanNode;
      return {
        name: node.name,
        depth: node.depth,
        expandable: node.subtreeSize > 1,
        expanded: !collapsed.has(node.key),
      };
    },
  };
}
