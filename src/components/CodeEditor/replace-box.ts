import { flushSync } from "react-dom";
import type { CreateLiveEditor, LiveEditor, LiveEditorOptions } from "./live-editor-contract";

/** The elements that change places: the text box with what scrolls it, and the one that Monaco goes into. */
interface Surface {
  readonly box: HTMLTextAreaElement;
  readonly scroller: HTMLElement;
  readonly host: HTMLElement;
}

interface Options extends Omit<LiveEditorOptions, "value"> {
  /** Takes the text box away and shows the host. */
  readonly onReady: () => void;
}

/**
 * Puts Monaco in the place of the text box: text, caret, scroll position and focus go over. All within one task, so that no
 * frame shows both or neither.
 */
export function replaceBox({ box, scroller, host }: Surface, create: CreateLiveEditor, options: Options): LiveEditor {
  const { onReady, ...settings } = options;
  const hadFocus = document.activeElement === box;
  const { selectionStart, selectionEnd, value } = box;
  const { scrollTop, scrollLeft } = scroller;
  const editor = create(host, { ...settings, value });
  flushSync(onReady);
  editor.select(selectionStart, selectionEnd);
  if (hadFocus) editor.focus();
  editor.scrollTo(scrollTop, scrollLeft);
  return editor;
}

/** Waits until an input method has finished its word: to change places in the middle would lose it. */
export function compositionEnd(box: HTMLTextAreaElement | null): Promise<void> | undefined {
  if (box?.dataset.composing === undefined) return undefined;
  return new Promise((resolve) => box.addEventListener("compositionend", () => setTimeout(resolve), { once: true }));
}
