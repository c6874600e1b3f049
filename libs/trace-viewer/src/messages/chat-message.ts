/** A conversation as readers see it, whatever provider's shape it was recorded in. */

export type MessagePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "thinking"; readonly text: string }
  | { readonly kind: "tool-call"; readonly name: string; readonly id: string; readonly input: unknown }
  | {
      readonly kind: "tool-result";
      readonly name: string;
      readonly id: string;
      readonly output: unknown;
      readonly failed: boolean;
    }
  | { readonly kind: "media"; readonly label: string; readonly source: string }
  | { readonly kind: "json"; readonly value: unknown };

export interface ChatMessage {
  /** `system`, `user`, `assistant`, `tool`, or whatever the provider calls it. */
  readonly role: string;
  /** Who spoke, when there are several of a role. */
  readonly name: string;
  readonly parts: readonly MessagePart[];
}

/** A conversation and the fields around it that are not part of it, e.g. `model` and `temperature`. */
export interface Conversation {
  readonly messages: readonly ChatMessage[];
  readonly rest: Readonly<Record<string, unknown>>;
}
