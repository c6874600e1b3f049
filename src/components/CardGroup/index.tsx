import clsx from "clsx";
import type { ReactNode } from "react";
import styles from "./styles.module.css";

export interface CardGroupProps {
  /** Narrow cards, three or more to a row; two to a row without it. */
  isSmall?: boolean;
  /** `Card`s. */
  children?: ReactNode;
}

/** A grid of cards, a list to a screen reader. */
export function CardGroup({ isSmall = false, children }: CardGroupProps) {
  return <ul className={clsx(styles.group, isSmall && styles.small)}>{children}</ul>;
}
