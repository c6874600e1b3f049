/**
 * Tells a value that comes back from the owner of the text from one that the owner has set. An editor tells its owner each
 * new text; while the reader types on, older ones are still on their way back, and to obey them would undo keystrokes.
 */
export function trackEchoes() {
  let sent: string[] = [];
  return {
    /** The editor has told its owner `text`. */
    told(text: string): void {
      sent.push(text);
    },
    /** Whether `text`, as it comes from the owner, is one that the editor told it. */
    isEcho(text: string): boolean {
      const at = sent.indexOf(text);
      sent = at < 0 ? [] : sent.slice(at + 1);
      return at >= 0;
    },
  };
}
