/** What the editor is doing, as far as its reader needs to know. */
export interface EditorState {
  /** `static`: code to read; `typing`: a text box while Monaco loads; `live`: Monaco. */
  readonly phase: "static" | "typing" | "live";
  readonly focused: boolean;
  readonly loadFailed: boolean;
  /** In Monaco: Tab goes to the next control; else it indents. */
  readonly tabMovesOn: boolean;
  /** False until scripts run: then nothing can be edited. */
  readonly interactive: boolean;
}

interface Keys {
  readonly run: string;
  readonly toggleTab: string;
}

const PC: Keys = { run: "Ctrl+Enter", toggleTab: "Ctrl+M" };
const MAC: Keys = { run: "⌘Enter", toggleTab: "⌃⇧M" };

/** The line under the code: how to begin, and once inside, how to run, to indent and to get out. */
export function hintFor(state: EditorState, isMac: boolean): string {
  const { run, toggleTab } = isMac ? MAC : PC;
  if (!state.interactive) return "";
  if (state.loadFailed)
    return `The full editor could not be loaded: this is a plain text box. Tab moves on. ${run} runs.`;
  if (!state.focused) return "Click the code to edit it.";
  if (state.phase !== "live") return `Tab moves on. ${run} runs.`;
  if (state.tabMovesOn) return `Tab moves on; ${toggleTab} lets it indent. ${run} runs.`;
  return `Tab indents; Esc, then Tab, moves on. ${run} runs.`;
}
