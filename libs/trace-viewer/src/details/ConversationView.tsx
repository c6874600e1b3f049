import { useState } from "react";
import type { ChatMessage, Conversation } from "../messages/chat-message";
import { JsonView } from "./JsonView";
import { LazyDetails } from "./LazyDetails";
import { MessagePartView } from "./MessagePartView";

const FIRST = 1;
const LAST = 4;

/** Messages as blocks. The middle of a long conversation is folded, and the fields around it stand below. */
export function ConversationView({ messages, rest }: Conversation) {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, messages.length - FIRST - LAST - 1);
  const fold = hidden > 0 ? hidden + 1 : 0;
  const names = Object.keys(rest);
  return (
    <>
      <Messages messages={fold ? messages.slice(0, FIRST) : messages} />
      {fold > 0 && (
        <button type="button" className="tv-more" onClick={() => setAll(true)}>
          Show {fold} more messages
        </button>
      )}
      {fold > 0 && <Messages messages={messages.slice(FIRST + fold)} />}
      {names.length > 0 && (
        <LazyDetails summary={<FieldNames names={names} />}>{() => <JsonView value={rest} />}</LazyDetails>
      )}
    </>
  );
}

function Messages({ messages }: { readonly messages: readonly ChatMessage[] }) {
  return messages.map((message, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a conversation is fixed; its messages have no other identity
    <div key={index} className="tv-message-block">
      <div className="tv-role">
        {message.role}
        {message.name && ` · ${message.name}`}
      </div>
      {message.parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a message have no other identity
        <MessagePartView key={place} part={part} />
      ))}
      {message.parts.length === 0 && <span className="tv-none">empty</span>}
    </div>
  ));
}

function FieldNames({ names }: { readonly names: readonly string[] }) {
  return (
    <>
      Other fields <span className="tv-names">{names.join(", ")}</span>
    </>
  );
}
