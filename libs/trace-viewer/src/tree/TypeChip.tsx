import { clsx } from "clsx";
import { hueOf, shortTypeOf } from "../format/span-type";

/** A span's type by name and hue. A long name gives way to a short one where there is little room. */
export function TypeChip({ type, fixed = false }: { readonly type: string; readonly fixed?: boolean }) {
  const short = fixed ? type : shortTypeOf(type);
  return (
    <span className={clsx("tv-chip", `tv-hue-${hueOf(type)}`)} title={type}>
      {short === type ? (
        type
      ) : (
        <>
          <span className="tv-chip-long">{type}</span>
          <span className="tv-chip-short">{short}</span>
        </>
      )}
    </span>
  );
}
