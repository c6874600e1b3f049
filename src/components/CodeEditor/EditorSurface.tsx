import type { ReactNode } from "react";
import styles from "./CodeEditor.module.css";
import { CodeLines } from "./CodeLines";
import type { CodeMark } from "./marks";
import type { useEditor } from "./use-editor";
import { useOpening } from "./use-opening";

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

/**
 * What stands where Monaco will be: highlighted code, and once it is wanted a see-through text box right over it. To
 * assistive technology it is a text box from the start.
 */
export function EditorSurface(props: EditorSurfaceProps): ReactNode {
  const { editor, code, language, marks, interactive, label, describedBy } = props;
  const { text, opening } = useOpening(editor.activate);
  const asTextBox = {
    role: "textbox",
    tabIndex: 0,
    "aria-multiline": true,
    "aria-readonly": !interactive,
    "aria-label": label,
    "aria-describedby": describedBy,
    ...opening,
  };
  const editing = editor.phase !== "static";
  return (
    <div ref={editor.scroller} className={styles.scroll} {...(editing ? {} : asTextBox)}>
      <div className={styles.stack}>
        <pre ref={text} className={styles.text} aria-hidden={editing || undefined}>
          <CodeLines code={code} language={language} marks={marks} />
        </pre>
        {editing && <TextBox {...props} />}
      </div>
    </div>
  );
}

function TextBox({ editor, code, label, describedBy, onChange }: EditorSurfaceProps): ReactNode {
  return (
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
  );
}
