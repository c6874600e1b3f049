/** What goes wrong on the way to the provider and back. */
export type Fault =
  /** The provider refuses. */
  | { readonly kind: "refusal"; reply(): Response }
  /** There is no network: `fetch` rejects. */
  | { readonly kind: "offline" }
  /** No answer comes until the request is aborted. */
  | { readonly kind: "silence" }
  /** The body breaks off after this share of its pieces. */
  | { readonly kind: "cut"; readonly after: number }
  /** The body comes to a halt after this share of its pieces, until it is aborted or cancelled. */
  | { readonly kind: "halt"; readonly after: number }
  /** The answer comes later by so many milliseconds. */
  | { readonly kind: "delay"; readonly ms: number };
