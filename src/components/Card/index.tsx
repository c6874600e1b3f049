import isInternalUrl from "@docusaurus/isInternalUrl";
import Link from "@docusaurus/Link";
import type { ReactNode } from "react";
import styles from "./styles.module.css";

export interface CardProps {
  href: string;
  title: string;
  /** A mark of 32 px before the title. */
  mark?: ReactNode;
  /** One short line below the title. */
  children?: ReactNode;
}

/** A link with a mark, a title and one line; it belongs in a `CardGroup`. Another site opens in a new tab. */
export function Card({ href, title, mark, children }: CardProps) {
  return (
    <li>
      <Link href={href} className={styles.card}>
        {mark}
        <span className={styles.text}>
          <span className={styles.title}>{title}</span>
          <span className={styles.line}>
            {children}
            {!isInternalUrl(href) && <span className="visually-hidden">, opens in a new tab</span>}
          </span>
        </span>
      </Link>
    </li>
  );
}
