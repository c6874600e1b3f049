/** Which rows of a long tree are in the DOM. */

/** With more rows than this, only those near the visible part are rendered. */
export const WINDOW_THRESHOLD = 200;

const OVERSCAN = 16;
const STEP = 8;

export interface RowRange {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
}

/** Before anything was measured (and on the server): the rows that any screen shows first. */
export const INITIAL_RANGE: RowRange = { first: 0, last: 48 };

/** The rows to render for a scroll position; borders snap to steps so that most scroll events change nothing. */
export function rangeFor(scrollTop: number, height: number, rowHeight: number, count: number): RowRange {
  if (!(rowHeight > 0) || !(height > 0)) return { first: 0, last: Math.min(count, INITIAL_RANGE.last) };
  const top = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const first = Math.floor((top - OVERSCAN) / STEP) * STEP;
  const last = Math.ceil((top + height / rowHeight + OVERSCAN) / STEP) * STEP;
  return { first: Math.min(Math.max(0, first), count), last: Math.min(last, count) };
}

/** The rows to render, in order; the one with the focus stays even when it has been scrolled away. */
export function renderedRows(range: RowRange, count: number, active: number): number[] {
  const last = Math.min(range.last, count);
  const first = Math.min(range.first, last);
  const rows = Array.from({ length: last - first }, (_, offset) => first + offset);
  if (active < 0 || active >= count) return rows;
  if (active < first) return [active, ...rows];
  return active >= last ? [...rows, active] : rows;
}
