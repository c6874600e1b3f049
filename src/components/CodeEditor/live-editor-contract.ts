import type { CodeMark } from "./marks";

/** What a live editor needs from the component that opens it. Pixels are CSS pixels. */
export interface LiveEditorOptions {
  readonly path: string;
  readonly value: string;
  /** The accessible name of its text box. */
  readonly label: string;
  readonly lineHeight: number;
  /** Above and below the text. */
  readonly padding: number;
  readonly minLines: number;
  readonly maxLines: number;
  readonly markClassNames: { readonly line: string; readonly gutter: string };
  readonly onChange: (value: string) => void;
  readonly onRun: () => void;
  readonly onFocus: (focused: boolean) => void;
  /** Whether Tab moves on (or indents): told at once and on each change. */
  readonly onTabKey: (movesOn: boolean) => void;
}

/** An editor on the page. Offsets are UTF-16 code units from the start of the text. */
export interface LiveEditor {
  focus(): void;
  select(start: number, end: number): void;
  /** Brings a place of the text, in pixels, to the upper left corner. */
  scrollTo(top: number, left: number): void;
  /** Replaces the text, as an edit that can be undone. */
  setValue(value: string): void;
  setMarks(marks: readonly CodeMark[]): void;
  dispose(): void;
}

export type CreateLiveEditor = (host: HTMLElement, options: LiveEditorOptions) => LiveEditor;
