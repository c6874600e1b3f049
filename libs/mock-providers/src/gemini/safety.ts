const CATEGORIES = [
  "HARM_CATEGORY_SEXUALLY_EXPLICIT",
  "HARM_CATEGORY_HATE_SPEECH",
  "HARM_CATEGORY_HARASSMENT",
  "HARM_CATEGORY_DANGEROUS_CONTENT",
];

/** Finish reasons that come with ratings: the answer was stopped for what it says. */
export function isBlocked(finishReason: string): boolean {
  return ["SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII"].includes(finishReason);
}

/** Ratings of a text; what is blocked is blocked as dangerous. */
export function safetyRatings(blocked: boolean): object[] {
  return CATEGORIES.map((category) =>
    blocked && category.endsWith("DANGEROUS_CONTENT")
      ? { category, probability: "HIGH", blocked: true }
      : { category, probability: "NEGLIGIBLE" },
  );
}
