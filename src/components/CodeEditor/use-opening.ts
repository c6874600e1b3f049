import { type KeyboardEvent, type MouseEvent, useRef } from "react";
import { loadLiveEditor } from "./load-live-editor";
import { placeAt, type Stretch, selectedWithin } from "./place-in-code";

/**
 * How a reader opens the editor from its static code: focus by keyboard, a click, a selection with the mouse, or typing.
 * `text` goes to the element that holds the code, `opening` to the one that is the text box.
 */
export function useOpening(activate: (place?: Stretch) => void) {
  const text = useRef<HTMLPreElement>(null);
  const byPointer = useRef(false);
  const opening = {
    onPointerDown() {
      byPointer.current = true;
      loadLiveEditor().catch(() => {});
    },
    onPointerCancel() {
      byPointer.current = false;
    },
    onFocus() {
      // A press of the pointer focuses too, but only its end tells whether it was a click or a selection.
      if (!byPointer.current) activate();
    },
    onClick({ clientX, clientY }: MouseEvent) {
      byPointer.current = false;
      activate(text.current ? placeOf(text.current, clientX, clientY) : undefined);
    },
    onKeyDown({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
      const types = key.length === 1 || key === "Enter";
      if (types && !ctrlKey && !metaKey && !altKey) activate();
    },
  };
  return { text, opening };
}

function placeOf(root: Node, x: number, y: number): Stretch | undefined {
  const selected = selectedWithin(root, getSelection());
  return selected && selected.start !== selected.end ? selected : placeAt(root, x, y);
}
