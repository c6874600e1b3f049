import { type editor, type IDisposable, KeyCode } from "monaco-editor/editor";
import { TabFocus } from "monaco-editor/editor/browser/config/tabFocus";

let chosen = false;

/** Tab leaves every editor, until the reader says otherwise: a page must not trap the keyboard. */
export function letTabMoveOn(): void {
  if (chosen) return;
  chosen = true;
  TabFocus.setTabFocusMode(true);
}

/** Tells whether Tab moves on, now and on every change. Escape always brings it back: Escape, then Tab, leaves. */
export function watchTabKey(instance: editor.ICodeEditor, onChange: (movesOn: boolean) => void): IDisposable {
  onChange(TabFocus.getTabFocusMode());
  const mode = TabFocus.onDidChangeTabFocus(onChange);
  const keys = instance.onKeyDown((event) => {
    if (event.keyCode === KeyCode.Escape && !TabFocus.getTabFocusMode()) TabFocus.setTabFocusMode(true);
  });
  return {
    dispose() {
      mode.dispose();
      keys.dispose();
    },
  };
}
