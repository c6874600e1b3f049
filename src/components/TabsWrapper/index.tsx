import type { ReactNode } from "react";
import styles from "./styles.module.css";

/** A frame around `Tabs`, so that the tabs and what they show read as one object. */
export function TabsWrapper({ children }: { children: ReactNode }) {
  return <div className={styles.wrapper}>{children}</div>;
}
