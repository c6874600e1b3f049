import { useSyncExternalStore } from "react";

/** The width below which code stands above its result; `Playground.module.css` holds the same. */
const NARROW = "(max-width: 996px)";

/** Whether the screen is too narrow for code and result side by side. The server assumes that it is not. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = matchMedia(NARROW);
      query.addEventListener("change", onChange);
      return () => query.removeEventListener("change", onChange);
    },
    () => matchMedia(NARROW).matches,
    () => false,
  );
}
