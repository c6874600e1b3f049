import { type ReactNode, useId } from "react";
import styles from "./CodeEditor.module.css";
import { CodeLines } from "./CodeLines";
import { type CodeMark, describeMarks } from "./marks";

export interface StaticCodeProps {
  readonly code: string;
  /** Prism's name of the language. */
  readonly language?: string;
  /** What the code is, for those who do not see it, e.g. `main.ts`. */
  readonly label: string;
  /** A line that something is wrong with. */
  readonly errorLine?: CodeMark;
}

/** Code to read: in colour, with line numbers, complete without a script. */
export function StaticCode({ code, language = "typescript", label, errorLine }: StaticCodeProps): ReactNode {
  const describedBy = useId();
  const marks = errorLine ? [errorLine] : [];
  return (
    <section
      className={`${styles.measures} ${styles.scroll}`}
      aria-label={label}
      aria-describedby={errorLine && describedBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard.
      tabIndex={0}
    >
      <div className={styles.stack}>
        <pre className={styles.text}>
          <CodeLines code={code.replace(/\n$/, "")} language={language} marks={marks} />
        </pre>
      </div>
      {errorLine && (
        <span id={describedBy} className="visually-hidden">
          {describeMarks(marks)}
        </span>
      )}
    </section>
  );
}
