import type { ComponentProps, ReactNode } from "react";
import { Playground } from "./Playground";

/** The playground of a guide: it goes over the text and the table of contents together. */
export function WidePlayground(props: ComponentProps<typeof Playground>): ReactNode {
  return (
    <div className="wide">
      <Playground {...props} />
    </div>
  );
}
