import type { ConsoleEvent, ErrorEvent } from "@tracebook/playground/contract";
import clsx from "clsx";
import type { ReactNode } from "react";
import styles from "./Playground.module.css";

interface Props {
  readonly lines: readonly Omit<ConsoleEvent, "type">[];
  readonly error: ErrorEvent | null;
}

/** What the program printed, in order, and the error that ended it with its stack in terms of the reader's files. */
export function ConsolePane({ lines, error }: Props): ReactNode {
  if (lines.length === 0 && !error) return <p className={styles.empty}>The program has printed nothing.</p>;
  return (
    <div className={styles.console} role="log" aria-label="Console output" aria-live="off">
      {lines.map(({ level, text }, index) => (
        <pre key={index} className={clsx(styles.line, styles[level])}>
          {text}
        </pre>
      ))}
      {error && <pre className={clsx(styles.line, styles.error)}>{fullError(error)}</pre>}
    </div>
  );
}

function fullError({ name, message, stack }: ErrorEvent): string {
  const heading = `${name}: ${message}`;
  return stack.startsWith(heading) ? stack : [heading, stack].filter(Boolean).join("\n");
}
