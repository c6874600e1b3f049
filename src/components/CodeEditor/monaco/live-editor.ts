import { editor, type IDisposable, KeyCode, KeyMod, Uri } from "monaco-editor/editor";
import "./monaco";
import type { LiveEditor, LiveEditorOptions } from "../live-editor-contract";
import { type CodeMark, describeMarks } from "../marks";
import { checkTypes } from "./check";
import { registerTypeScript } from "./language";
import { layoutOptions, narrowScreen } from "./layout";
import { letTabMoveOn, watchTabKey } from "./tab-key";
import { followColorMode } from "./theme";

let ready = false;
let created = 0;

function prepare(): void {
  followColorMode();
  letTabMoveOn();
  if (ready) return;
  ready = true;
  registerTypeScript();
}

/** Puts Monaco into `host`, drawn at once. All editors of the page share one Monaco and one TypeScript worker. */
export function createLiveEditor(host: HTMLElement, options: LiveEditorOptions): LiveEditor {
  prepare();
  created += 1;
  const uri = Uri.from({ scheme: "file", path: `/playground-${created}/${options.path}` });
  const model = editor.createModel(options.value, languageOf(options.path), uri);
  model.setEOL(editor.EndOfLineSequence.LF);
  model.updateOptions({
    tabSize: 2,
    insertSpaces: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  const instance = editor.create(host, {
    ...layoutOptions(host, options.padding),
    model,
    ariaLabel: options.label,
    wordWrap: wrapping(),
  });
  const disposables = [
    ...connect(instance, model, options),
    growWithContent(host, instance, options),
    followWidth(instance),
    ...(model.getLanguageId() === "typescript" ? [checkTypes(model)] : []),
    instance,
    model,
  ];
  return { ...controls(instance, model, options), dispose: () => disposables.forEach((item) => void item.dispose()) };
}

function languageOf(path: string): string {
  return /\.[cm]?tsx?$/.test(path) ? "typescript" : "plaintext";
}

function connect(
  instance: editor.IStandaloneCodeEditor,
  model: editor.ITextModel,
  options: LiveEditorOptions,
): IDisposable[] {
  return [
    model.onDidChangeContent(() => options.onChange(model.getValue())),
    instance.onDidFocusEditorWidget(() => options.onFocus(true)),
    instance.onDidBlurEditorWidget(() => options.onFocus(false)),
    watchTabKey(instance, options.onTabKey),
    instance.addAction({
      id: "tracebook.run",
      label: "Run",
      keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
      contextMenuGroupId: "navigation",
      run: () => options.onRun(),
    }),
  ];
}

function controls(
  instance: editor.IStandaloneCodeEditor,
  model: editor.ITextModel,
  { label, markClassNames }: LiveEditorOptions,
): Omit<LiveEditor, "dispose"> {
  const decorations = instance.createDecorationsCollection();
  return {
    focus: () => instance.focus(),
    select(start, end) {
      const from = model.getPositionAt(start);
      const to = model.getPositionAt(end);
      instance.setSelection({
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: to.lineNumber,
        endColumn: to.column,
      });
      instance.revealPosition(to);
    },
    scrollTo(top, left) {
      instance.setScrollPosition({ scrollTop: top, scrollLeft: left }, editor.ScrollType.Immediate);
      instance.render(true);
    },
    setValue(value) {
      if (model.getValue() === value) return;
      // An edit, unlike `setValue`, can be undone.
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
    },
    setMarks(marks) {
      decorations.set(marks.map((mark) => toDecoration(mark, markClassNames)));
      const description = describeMarks(marks);
      instance.updateOptions({ ariaLabel: description ? `${label}. ${description}` : label });
    },
  };
}

function toDecoration(
  { line, message }: CodeMark,
  classNames: LiveEditorOptions["markClassNames"],
): editor.IModelDeltaDecoration {
  return {
    range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
    options: {
      isWholeLine: true,
      className: classNames.line,
      marginClassName: classNames.gutter,
      hoverMessage: { value: message.replaceAll(/[\\`*_{}[\]()#+\-.!<>&|~]/g, "\\$&") },
      stickiness: editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
    },
  };
}

/** As tall as its text, from `minLines` to `maxLines`; beyond that it scrolls. */
function growWithContent(
  host: HTMLElement,
  instance: editor.IStandaloneCodeEditor,
  { lineHeight, padding, minLines, maxLines }: LiveEditorOptions,
): IDisposable {
  const fit = () => {
    const height = Math.min(
      Math.max(instance.getContentHeight(), minLines * lineHeight + 2 * padding),
      maxLines * lineHeight + 2 * padding,
    );
    host.style.height = `${height}px`;
    instance.layout({ width: host.clientWidth, height });
  };
  fit();
  instance.render(true);
  return instance.onDidContentSizeChange(fit);
}

function wrapping(): "on" | "off" {
  return narrowScreen().matches ? "on" : "off";
}

function followWidth(instance: editor.IStandaloneCodeEditor): IDisposable {
  const query = narrowScreen();
  const update = () => instance.updateOptions({ wordWrap: wrapping() });
  query.addEventListener("change", update);
  return { dispose: () => query.removeEventListener("change", update) };
}
