import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from "react";
import styles from "./CodeEditor.module.css";
import { CodeLines } from "./CodeLines";
import { loadLiveEditor } from "./load-live-editor";
import type { CodeMark } from "./marks";
import { placeAt, selectedWithin } from "./place-in-code";
import type { useEditor } from "./use-editor";

interface EditorSurfaceProps {
  readonly editor: ReturnType<typeof useEditor>;
  readonly code: string;
  readonly language: string;
  readonly marks: readonly CodeMark[];
  readonly interactive: boolean;
  readonly label: string;
  readonly describedBy: string;
  readonly onChange: (value: string) => void;
}

/** What stands where Monaco will be: highlighted code, and once it is wanted a see-through text box right over it. */
export function EditorSurface(props: EditorSurfaceProps): ReactNode {
  const { editor, code, language, marks, label, describedBy, onChange } = props;
  const text = useRef<HTMLPreElement>(null);
  const lines = <CodeLines code={code} language={language} marks={marks} />;
  if (editor.phase === "static") {
    return (
      <StaticSurface {...props} textRef={text}>
        <div className={styles.stack}>
          <pre ref={text} className={styles.text}>
            {lines}
          </pre>
        </div>
      </StaticSurface>
    );
  }
  return (
    <div className={styles.scroll}>
      <div className={styles.stack}>
        <pre className={styles.text} aria-hidden="true">
          {lines}
        </pre>
        <textarea
          ref={editor.box}
          className={styles.box}
          aria-label={label}
          aria-describedby={describedBy}
          value={code}
          onChange={(event) => onChange(event.target.value)}
          onFocus={() => {
            editor.setFocused(true);
            if (editor.loadFailed) void editor.open();
          }}
          onBlur={() => editor.setFocused(false)}
          onCompositionStart={(event) => {
            event.currentTarget.dataset.composing = "";
          }}
          onCompositionEnd={(event) => {
            delete event.currentTarget.dataset.composing;
          }}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
        />
      </div>
    </div>
  );
}

interface StaticSurfaceProps extends EditorSurfaceProps {
  readonly textRef: React.RefObject<HTMLPreElement | null>;
  readonly children: ReactNode;
}

/** A text box to assistive technology from the start; focus by keyboard or a click opens it. */
function StaticSurface({ editor, interactive, label, describedBy, textRef, children }: StaticSurfaceProps): ReactNode {
  const byPointer = useRef(false);

  function onClick(event: MouseEvent): void {
    byPointer.current = false;
    const root = textRef.current;
    const selected = root && selectedWithin(root, getSelection());
    const chosen = selected && selected.start !== selected.end ? selected : undefined;
    editor.activate(chosen ?? (root ? placeAt(root, event.clientX, event.clientY) : undefined));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key.length > 1 && event.key !== "Enter") return;
    if (!event.ctrlKey && !event.metaKey && !event.altKey) editor.activate();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a text area has no colours; it comes once there is something to type.
    <div
      className={styles.scroll}
      role="textbox"
      tabIndex={0}
      aria-multiline="true"
      aria-readonly={!interactive}
      aria-label={label}
      aria-describedby={describedBy}
      onPointerDown={() => {
        byPointer.current = true;
        loadLiveEditor().catch(() => {});
      }}
      onPointerCancel={() => {
        byPointer.current = false;
      }}
      onFocus={() => {
        if (!byPointer.current) editor.activate();
      }}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}
