import { useMemo, useState } from "react";
import { readConversation } from "../messages/read-conversation";
import type { Payload } from "../model/span-node";
import { ConversationView } from "./ConversationView";
import { CopyButton } from "./CopyButton";
import { Value } from "./MessagePartView";

export interface PayloadSectionProps {
  /** `Inputs` or `Outputs`. */
  readonly title: string;
  readonly payload: Payload | null;
  /** Said when there is nothing. */
  readonly absent: string;
}

/** What a span received or gave back: as a conversation where it is one, else as text or JSON. */
export function PayloadSection({ title, payload, absent }: PayloadSectionProps) {
  const [asJson, setAsJson] = useState(false);
  const conversation = useMemo(() => (payload ? readConversation(payload.value) : null), [payload]);
  return (
    <div className="tv-section">
      <div className="tv-section-head">
        <div className="tv-section-title">{title}</div>
        {conversation && (
          <button
            type="button"
            className="tv-button"
            aria-pressed={asJson}
            aria-label={`${title} as JSON`}
            onClick={() => setAsJson(!asJson)}
          >
            JSON
          </button>
        )}
        {payload && <CopyButton what={title.toLowerCase()} text={() => payload.text} />}
      </div>
      <PayloadBody payload={payload} absent={absent} conversation={asJson ? null : conversation} />
    </div>
  );
}

interface PayloadBodyProps {
  readonly payload: Payload | null;
  readonly absent: string;
  readonly conversation: ReturnType<typeof readConversation>;
}

function PayloadBody({ payload, absent, conversation }: PayloadBodyProps) {
  if (!payload) return <p className="tv-none">{absent}</p>;
  if (conversation) return <ConversationView {...conversation} />;
  if (payload.value === "") return <p className="tv-none">An empty text.</p>;
  return (
    <div className="tv-message-block">
      <Value value={payload.value} />
    </div>
  );
}
