import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import styles from "./Playground.module.css";

export interface Pane {
  readonly name: string;
  /** Shown behind the name when it is not zero. */
  readonly count: number;
  readonly content: ReactNode;
  /** Stays mounted behind another tab, so that it keeps its selection. */
  readonly keep?: boolean;
}

const MOVES: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowRight: (index, last) => (index === last ? 0 : index + 1),
  ArrowLeft: (index, last) => (index === 0 ? last : index - 1),
  Home: () => 0,
  End: (_index, last) => last,
};

/** Panes behind tabs: arrow keys move between them, Tab goes on into the open one. */
export function Tabs({ label, panes }: { label: string; panes: readonly Pane[] }): ReactNode {
  const id = useId();
  const [selected, setSelected] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const next = MOVES[event.key]?.(selected, panes.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    setSelected(next);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  }

  return (
    <div className={styles.result}>
      <div ref={list} className={styles.tabs} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {panes.map(({ name, count }, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-controls={`${id}-panel-${index}`}
            aria-selected={index === selected}
            aria-label={name}
            tabIndex={index === selected ? 0 : -1}
            onClick={() => setSelected(index)}
          >
            {name}
            {count > 0 && <span className={styles.count}>{count}</span>}
          </button>
        ))}
      </div>
      {panes.map(({ name, content, keep }, index) => (
        <div
          key={name}
          role="tabpanel"
          id={`${id}-panel-${index}`}
          aria-labelledby={`${id}-tab-${index}`}
          hidden={index !== selected}
          className={styles.panel}
        >
          {(keep || index === selected) && content}
        </div>
      ))}
    </div>
  );
}
