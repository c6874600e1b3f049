import { useId, useState } from "react";
import { formatCount } from "../format/number";
import { foldedBeginning, textPieces } from "./fold-text";

/** A text of any length with its line breaks; a long one opens on demand. */
export function FoldedText({ text, className }: { readonly text: string; readonly className?: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const beginning = foldedBeginning(text);
  const folds = beginning.length < text.length;
  return (
    <div className={className}>
      <div id={id} className="tv-text">
        {folds && open ? <Pieces text={text} /> : beginning}
        {folds && !open && "…"}
      </div>
      {folds && (
        <button
          type="button"
          className="tv-more"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {open ? "Show less" : `Show all ${formatCount(text.length)} characters`}
        </button>
      )}
    </div>
  );
}

/** The browser lays out only the pieces near the screen. */
function Pieces({ text }: { readonly text: string }) {
  const pieces = textPieces(text);
  let offset = 0;
  return pieces.map((piece) => {
    offset += piece.length;
    return (
      <span key={offset} className={pieces.length > 1 ? "tv-piece" : undefined}>
        {piece}
      </span>
    );
  });
}
