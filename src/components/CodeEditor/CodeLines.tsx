import { Highlight } from "prism-react-renderer";
import { Fragment, memo, type ReactNode } from "react";
import styles from "./CodeEditor.module.css";
import { roleOf } from "./highlight";
import type { CodeMark } from "./marks";

interface CodeLinesProps {
  readonly code: string;
  /** Prism's name of the language, e.g. `typescript`. */
  readonly language: string;
  readonly marks?: readonly CodeMark[];
}

const NO_THEME = { plain: {}, styles: [] };

/** The lines of a program in colour, numbered. Its text content is exactly `code`, so that places in it can be counted. */
export const CodeLines = memo(function CodeLines({ code, language, marks = [] }: CodeLinesProps): ReactNode {
  return (
    <Highlight code={code} language={language} theme={NO_THEME}>
      {({ tokens }) => (
        <code className={styles.lines}>
          {tokens.map((line, index) => {
            const marked = marks.some((mark) => mark.line === index + 1);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
              <span key={index} className={marked ? `${styles.line} ${styles.marked}` : styles.line}>
                {line.map(({ types, content, empty }, at) => {
                  if (empty) return null;
                  const role = roleOf(types, content, language);
                  // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place.
                  if (!role) return <Fragment key={at}>{content}</Fragment>;
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place.
                    <span key={at} className={styles[role]}>
                      {content}
                    </span>
                  );
                })}
                {index < tokens.length - 1 && "\n"}
              </span>
            );
          })}
        </code>
      )}
    </Highlight>
  );
});
