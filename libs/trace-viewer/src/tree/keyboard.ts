/** The keyboard of a WAI-ARIA treegrid whose rows take the focus, as a pure function. */

/** What the keyboard needs to know of a row. */
export interface KeyboardRow {
  readonly name: string;
  readonly depth: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
}

export interface KeyboardRows {
  readonly count: number;
  /** `row` is between 0 and `count` − 1. */
  at(row: number): KeyboardRow;
}

export interface KeyPress {
  readonly key: string;
  /** Ctrl, Alt or Meta is held: the key belongs to the browser. */
  readonly modified: boolean;
}

export interface KeyboardState {
  readonly active: number;
  /** Number of rows that PageUp and PageDown move by. */
  readonly pageSize: number;
  /** Letters typed so far; the caller forgets them after a pause. */
  readonly typed: string;
}

export type KeyboardCommand =
  | { readonly type: "move"; readonly row: number; readonly typed?: string }
  | { readonly type: "expand" | "collapse" | "select" | "expand-siblings"; readonly row: number }
  | { readonly type: "typed"; readonly typed: string };

/** Returns what a key does, or `null` when it is not the tree's. */
export function keyboardCommand(state: KeyboardState, press: KeyPress, rows: KeyboardRows): KeyboardCommand | null {
  if (press.modified || rows.count === 0) return null;
  const active = clamp(state.active, rows.count);
  const typing = state.typed !== "" && press.key === " ";
  const handle = typing || !Object.hasOwn(KEY_HANDLERS, press.key) ? undefined : KEY_HANDLERS[press.key];
  if (handle) return handle(active, rows, Math.max(1, state.pageSize));
  return press.key.length === 1 ? typeAhead(active, state.typed + press.key, rows) : null;
}

type KeyHandler = (active: number, rows: KeyboardRows, pageSize: number) => KeyboardCommand | null;

const KEY_HANDLERS: Readonly<Record<string, KeyHandler>> = {
  ArrowDown: (active, rows) => move(active + 1, rows),
  ArrowUp: (active, rows) => move(active - 1, rows),
  PageDown: (active, rows, pageSize) => move(active + pageSize, rows),
  PageUp: (active, rows, pageSize) => move(active - pageSize, rows),
  Home: (_active, rows) => move(0, rows),
  End: (_active, rows) => move(rows.count - 1, rows),
  ArrowRight: openOrEnter,
  ArrowLeft: closeOrLeave,
  Enter: (active) => ({ type: "select", row: active }),
  " ": (active) => ({ type: "select", row: active }),
  "*": (active) => ({ type: "expand-siblings", row: active }),
};

function move(row: number, rows: KeyboardRows): KeyboardCommand {
  return { type: "move", row: clamp(row, rows.count) };
}

function clamp(row: number, count: number): number {
  return Math.min(Math.max(row, 0), count - 1);
}

function openOrEnter(active: number, rows: KeyboardRows): KeyboardCommand | null {
  const row = rows.at(active);
  if (!row.expandable) return { type: "move", row: active };
  return row.expanded ? move(active + 1, rows) : { type: "expand", row: active };
}

function closeOrLeave(active: number, rows: KeyboardRows): KeyboardCommand | null {
  const row = rows.at(active);
  if (row.expandable && row.expanded) return { type: "collapse", row: active };
  for (let above = active - 1; above >= 0; above--) {
    if (rows.at(above).depth < row.depth) return { type: "move", row: above };
  }
  return { type: "move", row: active };
}

/** One letter again and again walks through the rows that begin with it; several letters find a longer beginning. */
function typeAhead(active: number, typed: string, rows: KeyboardRows): KeyboardCommand {
  const letters = typed.toLowerCase();
  const isRepeat = [...letters].every((letter) => letter === letters[0]);
  const prefix = isRepeat ? (letters[0] ?? "") : letters;
  const first = isRepeat ? 1 : 0;
  for (let step = first; step < rows.count + first; step++) {
    const row = (active + step) % rows.count;
    if (rows.at(row).name.toLowerCase().startsWith(prefix)) return { type: "move", row, typed };
  }
  return { type: "typed", typed };
}
