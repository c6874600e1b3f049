import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { trackEchoes } from "./echoes";
import type { LiveEditor, LiveEditorOptions } from "./live-editor-contract";
import { loadLiveEditor } from "./load-live-editor";
import type { CodeMark } from "./marks";
import type { Stretch } from "./place-in-code";

type Handlers = Pick<LiveEditorOptions, "onChange" | "onRun">;

interface EditorParts {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  /** What scrolls the text box and the code under it. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly host: RefObject<HTMLDivElement | null>;
}

export type LiveSettings = Omit<LiveEditorOptions, "value" | "onChange" | "onRun" | "onFocus" | "onTabKey">;

/**
 * The life of an editor: static code, a text box that takes the first keystrokes, Monaco in its place.
 * Where Monaco cannot be loaded, the text box stays.
 */
export function useEditor(settings: LiveSettings, value: string, marks: readonly CodeMark[], handlers: Handlers) {
  const parts: EditorParts = { box: useRef(null), scroller: useRef(null), host: useRef(null) };
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
      await compositionEnd(parts.box.current);
      if (!mounted.current || live.current || !parts.host.current || !parts.box.current) return;
      setLoadFailed(false);
      live.current = replaceBox(create, parts.box.current, parts.host.current, latest, {
        onFocus: setFocused,
        onTabKey: setTabMovesOn,
        onChange: (text) => {
          echoes.told(text);
          latest.current.handlers.onChange(text);
        },
        onReady: () => setPhase("live"),
      });
    } catch {
      if (mounted.current) setLoadFailed(true);
    }
  }, [parts.box, parts.host, echoes]);

  /** Brings the text box, the caret (or a selection) where the reader put it, and then Monaco. */
  const activate = useCallback(
    ({ start, end }: Stretch = { start: 0, end: 0 }) => {
      flushSync(() => setPhase("typing"));
      const box = parts.box.current;
      box?.focus({ preventScroll: true });
      box?.setSelectionRange(start, end);
      void open();
    },
    [open, parts.box],
  );

  return { ...parts, phase, focused, setFocused, loadFailed, tabMovesOn, activate, open };
}

type Latest = RefObject<{ settings: LiveSettings; marks: readonly CodeMark[]; handlers: Handlers }>;

interface Events extends Pick<LiveEditorOptions, "onFocus" | "onTabKey" | "onChange"> {
  readonly onReady: () => void;
}

/** Within one task, so that no frame shows both or neither: text, caret, scroll position and focus go over to Monaco. */
function replaceBox(
  create: Awaited<ReturnType<typeof loadLiveEditor>>,
  box: HTMLTextAreaElement,
  host: HTMLElement,
  latest: Latest,
  { onReady, ...events }: Events,
): LiveEditor {
  const hadFocus = document.activeElement === box;
  const { selectionStart, selectionEnd, value } = box;
  const { scrollTop, scrollLeft } = scroller ?? box;
  const editor = create(host, {
    ...latest.current.settings,
    ...events,
    value,
    onRun: () => latest.current.handlers.onRun(),
  });
  editor.setMarks(latest.current.marks);
  flushSync(onReady);
  editor.select(selectionStart, selectionEnd);
  if (hadFocus) editor.focus();
  editor.scrollTo(scrollTop, scrollLeft);
  return editor;
}

/** Waits until an input method has finished its word: to change places in the middle would lose it. */
function compositionEnd(box: HTMLTextAreaElement | null): Promise<void> | undefined {
  if (box?.dataset.composing === undefined) return undefined;
  return new Promise((resolve) => box.addEventListener("compositionend", () => setTimeout(resolve), { once: true }));
}
