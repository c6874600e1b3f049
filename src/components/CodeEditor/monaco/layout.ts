import type { editor } from "monaco-editor/editor";

/** Screens on which long lines wrap, as the static code does in `CodeEditor.module.css`. */
export function narrowScreen(): MediaQueryList {
  return matchMedia("(max-width: 599px)");
}

/** Options that put each letter where the static code has it: `CodeEditor.module.css` holds the same measures. */
export function layoutOptions(host: HTMLElement, padding: number): editor.IStandaloneEditorConstructionOptions {
  const { fontFamily, fontSize, lineHeight, fontWeight } = getComputedStyle(host.parentElement ?? host);
  return {
    fontFamily,
    fontWeight,
    fontSize: Number.parseFloat(fontSize),
    lineHeight: Number.parseFloat(lineHeight),
    fontLigatures: false,
    padding: { top: padding, bottom: padding },
    glyphMargin: false,
    folding: false,
    lineNumbersMinChars: 5,
    lineDecorationsWidth: 11,
    ...quiet,
    automaticLayout: true,
    fixedOverflowWidgets: true,
    wrappingStrategy: "advanced",
    wrappingIndent: "none",
  };
}

/** No more on the screen than the code. */
const quiet: editor.IStandaloneEditorConstructionOptions = {
  minimap: { enabled: false },
  stickyScroll: { enabled: false },
  guides: { indentation: false },
  scrollBeyondLastLine: false,
  renderLineHighlight: "none",
  renderWhitespace: "none",
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  links: false,
  dragAndDrop: false,
  unicodeHighlight: { ambiguousCharacters: false },
  scrollbar: {
    alwaysConsumeMouseWheel: false,
    useShadows: false,
    verticalScrollbarSize: 10,
    horizontalScrollbarSize: 10,
  },
};
