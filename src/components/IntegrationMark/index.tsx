import type { CSSProperties } from "react";
import { hue, initials } from "./monogram";
import styles from "./styles.module.css";

/** A neutral tile with the initials of a name: our own mark, not the library's logo. */
export function IntegrationMark({ name }: { name: string }) {
  const style: CSSProperties & { "--hue": number } = { "--hue": hue(name) };
  return (
    <span className={styles.mark} style={style} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
