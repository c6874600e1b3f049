/**
 * The ARIA roles of a treegrid, in one place. Rows take the focus and cells do not, as the pattern allows; `table`, `tr` and
 * `td` are no alternative, because rows are laid out as grids and placed by number when there are many.
 */
import type { ComponentProps } from "react";

type Div = ComponentProps<"div">;

/** Focus lies on its rows. */
export function TreeGrid(props: Div & { readonly "aria-label": string }) {
  return <div role="treegrid" {...props} />;
}

export function TreeGridRow({ tabIndex, ...props }: Div & { readonly tabIndex: number }) {
  // biome-ignore lint/a11y/useSemanticElements: a tr would lose its role in a grid layout
  return <div role="row" tabIndex={tabIndex} {...props} />;
}

export function TreeGridCell(props: Div) {
  // biome-ignore lint/a11y/useSemanticElements: a td would lose its role in a grid layout
  // biome-ignore lint/a11y/useFocusableInteractive: the row around it takes the focus
  return <div role="gridcell" {...props} />;
}
