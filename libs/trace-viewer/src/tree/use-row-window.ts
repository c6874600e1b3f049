import { type RefObject, useCallback, useEffect, useState } from "react";
import { INITIAL_RANGE, type RowRange, rangeFor } from "./row-window";

export interface RowWindow {
  readonly range: RowRange;
  /** To be called when the container scrolls. */
  readonly onScroll: () => void;
}

/** Follows the scroll position of `container` while `enabled`. The first range is the same on the server and in the browser. */
export function useRowWindow(container: RefObject<HTMLElement | null>, count: number, enabled: boolean): RowWindow {
  const [range, setRange] = useState<RowRange>(INITIAL_RANGE);
  const onScroll = useCallback(() => {
    const element = container.current;
    if (!element || !enabled) return;
    const next = rangeFor(element.scrollTop, element.clientHeight, rowHeightIn(element), count);
    setRange((now) => (now.first === next.first && now.last === next.last ? now : next));
  }, [container, count, enabled]);
  useEffect(() => {
    const element = container.current;
    if (!element || !enabled) return;
    onScroll();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(onScroll);
    observer.observe(element);
    return () => observer.disconnect();
  }, [container, enabled, onScroll]);
  return { range, onScroll };
}

/** Rows are 30 or 36 px high, as the style sheet decides for the device. */
export function rowHeightIn(container: HTMLElement): number {
  return container.querySelector<HTMLElement>("[role=row]")?.offsetHeight ?? 0;
}
