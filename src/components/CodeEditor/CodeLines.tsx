import { Highlight } from "prism-react-renderer";
import { memo, type ReactNode } from "react";
import styles from "./CodeEditor.module.css";
import { roleOf } from "./highlight";
import type { CodeMark } from "./marks";

interface CodeLinesProps {
  readonly code: string;
  /** Prism's name of the language, e.g. `typescript`. */
  readonly language: string;
  readonly marks?: readonly CodeMark[];
}

interface Piece {
  readonly types: string[];
  readonly content: string;
  /** Prism's stand-in for a line without text. */
  readonly empty?: boolean;
}

const NO_THEME = { plain: {}, styles: [] };
const NO_MARKS: readonly CodeMark[] = [];

/** The lines of a program in colour, numbered. Its text content is exactly `code`, so that places in it can be counted. */
export const CodeLines = memo(function CodeLines({ code, language, marks = NO_MARKS }: CodeLinesProps): ReactNode {
  return (
    <Highlight code={code} language={language} theme={NO_THEME}>
      {({ tokens }) => (
        <code className={styles.lines}>
          {tokens.map((line, index) => {
            const marked = marks.some((mark) => mark.line === index + 1);
            return (
              <span key={index} className={marked ? `${styles.line} ${styles.marked}` : styles.line}>
                {line.map((piece, at) => coloured(piece, at, language))}
                {index < tokens.length - 1 && "\n"}
              </span>
            );
          })}
        </code>
      )}
    </Highlight>
  );
});

function coloured({ types, content, empty }: Piece, key: number, language: string): ReactNode {
  if (empty) return null;
  const role = roleOf(types, content, language);
  if (!role) return content;
  return (
    <span key={key} className={styles[role]}>
      {content}
    </span>
  );
}
