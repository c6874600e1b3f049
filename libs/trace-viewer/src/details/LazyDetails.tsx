import { type ReactNode, useState } from "react";

export interface LazyDetailsProps {
  readonly summary: ReactNode;
  readonly children: () => ReactNode;
}

/** A `details` whose content is made when it is first opened. */
export function LazyDetails({ summary, children }: LazyDetailsProps) {
  const [opened, setOpened] = useState(false);
  return (
    <details className="tv-fold" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && <div className="tv-fold-body">{children()}</div>}
    </details>
  );
}
