import { type ComponentProps, useEffect, useRef, useState } from "react";
import styles from "./styles.module.css";

/** A Markdown table that scrolls inside its own box where it is too wide, by keyboard too. */
export function ScrollableTable(props: ComponentProps<"table">) {
  const box = useRef<HTMLDivElement>(null);
  const overflows = useOverflow(box);
  const scrollable = overflows ? { role: "group", "aria-label": "Table, scrolls sideways", tabIndex: 0 } : {};
  return (
    <div ref={box} className={styles.box} {...scrollable}>
      <table {...props} />
    </div>
  );
}

function useOverflow(box: React.RefObject<HTMLElement | null>): boolean {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setOverflows(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return overflows;
}
