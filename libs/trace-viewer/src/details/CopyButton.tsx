import { useEffect, useState } from "react";
import { copyText } from "./copy-text";

const MESSAGE_MS = 2000;

export interface CopyButtonProps {
  /** What is copied, for the accessible name: `Copy inputs`. */
  readonly what: string;
  /** Called on click, so that a long text is only made when it is wanted. */
  readonly text: () => string;
}

/** Copies a text and says so, to the eye and to assistive technology. */
export function CopyButton({ what, text }: CopyButtonProps) {
  const [message, setMessage] = useState("");
  useEffect(() => {
    if (message === "") return;
    const timer = setTimeout(() => setMessage(""), MESSAGE_MS);
    return () => clearTimeout(timer);
  }, [message]);
  const copy = async () => setMessage((await copyText(text())) ? "Copied" : "The browser does not allow copying");
  return (
    <span className="tv-copy">
      <span aria-live="polite" className="tv-copied">
        {message}
      </span>
      <button type="button" className="tv-button" aria-label={`Copy ${what}`} onClick={copy}>
        Copy
      </button>
    </span>
  );
}
