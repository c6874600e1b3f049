import type { MessagePart } from "../messages/chat-message";
import { FoldedText } from "./FoldedText";
import { JsonView } from "./JsonView";

/** One part of a message. Pictures and files are named; nothing is loaded. */
export function MessagePartView({ part }: { readonly part: MessagePart }) {
  switch (part.kind) {
    case "text":
      return <FoldedText text={part.text} />;
    case "thinking":
      return (
        <div className="tv-thinking">
          <Caption words="thinking" />
          <FoldedText text={part.text} />
        </div>
      );
    case "tool-call":
      return (
        <div className="tv-call">
          <Caption words="calls" name={part.name} id={part.id} />
          <JsonView value={part.input} />
        </div>
      );
    case "tool-result":
      return (
        <div className="tv-call">
          <Caption words={part.failed ? "failed" : "result"} name={part.name} id={part.id} />
          <Value value={part.output} />
        </div>
      );
    case "media":
      return (
        <div className="tv-call">
          <Caption words={part.label} />
          {part.source && <FoldedText text={part.source} className="tv-code" />}
        </div>
      );
    case "json":
      return <JsonView value={part.value} />;
  }
}

/** A text as text, anything else as JSON. */
export function Value({ value }: { readonly value: unknown }) {
  return typeof value === "string" ? <FoldedText text={value} /> : <JsonView value={value} />;
}

function Caption({ words, name, id }: { readonly words: string; readonly name?: string; readonly id?: string }) {
  return (
    <div className="tv-caption">
      {words} {name && <b>{name}</b>} {id && <code>{id}</code>}
    </div>
  );
}
