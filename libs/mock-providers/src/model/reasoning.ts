/** What the small model thinks before it answers, for requests that let it. */
export function reasoningText(prompt: string): string {
  return `The user wrote “${prompt.slice(0, 80)}”. I answer that briefly.`;
}
