/** A stretch of a text in UTF-16 code units; `start` equals `end` for a caret. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** How far into the text of `root` the place (`node`, `offset`) is; undefined when it lies outside. */
export function offsetWithin(root: Node, node: Node, offset: number): number | undefined {
  if (!root.contains(node)) return undefined;
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** What the reader has selected within `root`; undefined when nothing, or not all of it, is inside. */
export function selectedWithin(root: Node, selection: Selection | null): Stretch | undefined {
  if (!selection || selection.rangeCount === 0) return undefined;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  const start = offsetWithin(root, startContainer, startOffset);
  const end = offsetWithin(root, endContainer, endOffset);
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** The place nearest to a point of the window; undefined when the point is not over the text of `root`. */
export function placeAt(root: Node, x: number, y: number): Stretch | undefined {
  const position = caretAt(x, y);
  const offset = position && offsetWithin(root, position.node, position.offset);
  return offset === undefined ? undefined : { start: offset, end: offset };
}

/** Safari has the older of the two ways only. */
function caretAt(x: number, y: number): { node: Node; offset: number } | undefined {
  if (typeof document.caretPositionFromPoint === "function") {
    const position = document.caretPositionFromPoint(x, y);
    return position ? { node: position.offsetNode, offset: position.offset } : undefined;
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}
