import type { ReactNode } from "react";
import styles from "./Playground.module.css";

/** One line above the trace: where it comes from, or why there is no more of it. */
export function Notice({ kind, children }: { kind: "recorded" | "error"; children: ReactNode }): ReactNode {
  return <p className={kind === "error" ? styles.noticeError : styles.notice}>{children}</p>;
}
