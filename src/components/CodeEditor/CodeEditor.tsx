import type { CompileProblem } from "@tracebook/playground/contract";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useId, useMemo, useSyncExternalStore } from "react";
import styles from "./CodeEditor.module.css";
import { EditorSurface } from "./EditorSurface";
import { languageOf } from "./highlight";
import { hintFor } from "./hint";
import { type CodeMark, describeMarks, marksOf } from "./marks";
import { useEditor } from "./use-editor";

export interface CodeEditorProps {
  /** Name of the file, unique among the editors of a page that belong together, e.g. `main.ts`. */
  readonly path: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Accessible name; it begins with `Code`, or gets that in front. */
  readonly label: string;
  readonly onRun?: () => void;
  /** Where the last run failed. */
  readonly errorLine?: CodeMark;
  /** What the compiler found. */
  readonly problems?: readonly CompileProblem[];
  readonly minLines?: number;
  readonly maxLines?: number;
}

const LINE_HEIGHT = 21;
const PADDING = 14;
const MARK_CLASSES = { line: styles.markedLine ?? "", gutter: styles.markedGutter ?? "" };
const nothing = () => {};
const never = () => nothing;

/**
 * Code that can be edited. It is static, highlighted code until the reader clicks or focuses it; then Monaco is loaded and
 * takes its place, with completions, type errors and Ctrl/Cmd+Enter to run.
 */
export function CodeEditor(props: CodeEditorProps): ReactNode {
  const { path, value, onChange, onRun = nothing, errorLine, problems, minLines = 3, maxLines = 28 } = props;
  const label = /^code\b/i.test(props.label) ? props.label : `Code: ${props.label}`;
  const interactive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const hintId = useId();
  const marksId = useId();
  const marks = useMemo(() => marksOf(path, errorLine, problems), [path, errorLine, problems]);
  const settings = {
    path,
    label,
    lineHeight: LINE_HEIGHT,
    padding: PADDING,
    minLines,
    maxLines,
    markClassNames: MARK_CLASSES,
  };
  const editor = useEditor(settings, value, marks, { onChange, onRun });
  const { phase, host } = editor;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || phase === "live") return;
    event.preventDefault();
    onRun();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the text box inside.
    <div
      className={`${styles.editor} ${styles.measures} ${phase === "live" ? styles.live : ""}`}
      style={{ "--min-lines": minLines, "--max-lines": maxLines } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      <div className={styles.viewport}>
        {phase !== "live" && (
          <EditorSurface
            editor={editor}
            code={value}
            language={languageOf(path)}
            marks={marks}
            interactive={interactive}
            label={label}
            describedBy={`${marksId} ${hintId}`}
            onChange={onChange}
          />
        )}
        <div ref={host} className={styles.host} />
      </div>
      <span id={marksId} className="visually-hidden">
        {describeMarks(marks)}
      </span>
      <p id={hintId} className={styles.hint} role={editor.loadFailed ? "alert" : undefined}>
        {hintFor({ ...editor, interactive }, interactive && /Mac|iP(hone|ad)/.test(navigator.platform))}
      </p>
    </div>
  );
}
