import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { trackEchoes } from "./echoes";
import type { LiveEditor, LiveEditorOptions } from "./live-editor-contract";
import { loadLiveEditor } from "./load-live-editor";
import type { CodeMark } from "./marks";
import type { Stretch } from "./place-in-code";
import { compositionEnd, replaceBox } from "./replace-box";

type Handlers = Pick<LiveEditorOptions, "onChange" | "onRun">;

export type LiveSettings = Omit<LiveEditorOptions, "value" | "onChange" | "onRun" | "onFocus" | "onTabKey">;

/**
 * The life of an editor: static code, a text box that takes the first keystrokes, Monaco in its place.
 * Where Monaco cannot be loaded, the text box stays.
 */
export function useEditor(settings: LiveSettings, value: string, marks: readonly CodeMark[], handlers: Handlers) {
  const box = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [phase, setPhase] = useState<"static" | "typing" | "live">("static");
  const [focused, setFocused] = useState(false);
  const [loadFailed, setLoadFailed] = useState(false);
  const [tabMovesOn, setTabMovesOn] = useState(true);
  const live = useRef<LiveEditor | null>(null);
  const mounted = useRef(true);
  const [echoes] = useState(trackEchoes);
  const latest = useRef({ settings, marks, handlers });
  latest.current = { settings, marks, handlers };

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
      live.current?.dispose();
      live.current = null;
    };
  }, []);
  useEffect(() => {
    if (!echoes.isEcho(value)) live.current?.setValue(value);
  }, [value, echoes]);
  useEffect(() => live.current?.setMarks(marks), [marks]);

  const open = useCallback(async () => {
    try {
      const [create] = await Promise.all([loadLiveEditor(), document.fonts?.ready]);
      await compositionEnd(box.current);
      if (!mounted.current || live.current || !host.current || !box.current) return;
      setLoadFailed(false);
      const surface = { box: box.current, scroller: scroller.current ?? box.current, host: host.current };
      live.current = replaceBox(surface, create, {
        ...latest.current.settings,
        onFocus: setFocused,
        onTabKey: setTabMovesOn,
        onRun: () => latest.current.handlers.onRun(),
        onChange(text) {
          echoes.told(text);
          latest.current.handlers.onChange(text);
        },
        onReady: () => setPhase("live"),
      });
      live.current.setMarks(latest.current.marks);
    } catch {
      if (mounted.current) setLoadFailed(true);
    }
  }, [echoes]);

  /** Brings the text box, the caret (or a selection) where the reader put it, and then Monaco. */
  const activate = useCallback(
    ({ start, end }: Stretch = { start: 0, end: 0 }) => {
      flushSync(() => setPhase("typing"));
      box.current?.focus({ preventScroll: true });
      box.current?.setSelectionRange(start, end);
      void open();
    },
    [open],
  );

  return { box, scroller, host, phase, focused, setFocused, loadFailed, tabMovesOn, activate, open };
}
