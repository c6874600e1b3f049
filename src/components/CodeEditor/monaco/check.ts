import { editor, type IDisposable, MarkerSeverity } from "monaco-editor/editor";
import { type Diagnostic, getTypeScriptWorker } from "monaco-editor/languages/features/typescript/register";

/** Milliseconds without a keystroke before the code is checked. */
const QUIET_MS = 300;

/** Diagnostics in the order of TypeScript's `DiagnosticCategory`: warning, error, suggestion, message. */
const SEVERITIES = [MarkerSeverity.Warning, MarkerSeverity.Error, MarkerSeverity.Hint, MarkerSeverity.Info];

/** Marks the type errors of `model`, now and whenever the reader pauses. A checker that cannot be loaded marks nothing. */
export function checkTypes(model: editor.ITextModel): IDisposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = () => void markProblems(model).catch(() => {});
  const subscription = model.onDidChangeContent(() => {
    clearTimeout(timer);
    timer = setTimeout(check, QUIET_MS);
  });
  check();
  return {
    dispose() {
      clearTimeout(timer);
      subscription.dispose();
    },
  };
}

async function markProblems(model: editor.ITextModel): Promise<void> {
  const file = model.uri.toString();
  const getWorker = await getTypeScriptWorker();
  const worker = await getWorker(model.uri);
  if (model.isDisposed()) return;
  const version = model.getVersionId();
  const found = await Promise.all([worker.getSyntacticDiagnostics(file), worker.getSemanticDiagnostics(file)]);
  // Answers about an older text would sit at the wrong places.
  if (model.isDisposed() || model.getVersionId() !== version) return;
  editor.setModelMarkers(
    model,
    "typescript",
    found.flat().map((diagnostic) => toMarker(model, diagnostic)),
  );
}

function toMarker(model: editor.ITextModel, diagnostic: Diagnostic): editor.IMarkerData {
  const start = model.getPositionAt(diagnostic.start ?? 0);
  const end = model.getPositionAt((diagnostic.start ?? 0) + (diagnostic.length ?? 1));
  return {
    severity: SEVERITIES[diagnostic.category] ?? MarkerSeverity.Info,
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
    message: messageText(diagnostic.messageText),
    code: String(diagnostic.code),
  };
}

interface MessageChain {
  readonly messageText: string;
  readonly next?: readonly MessageChain[];
}

function messageText(message: string | MessageChain, depth = 0): string {
  if (typeof message === "string") return message;
  const rest = (message.next ?? []).map((next) => messageText(next, depth + 1));
  return [`${"  ".repeat(depth)}${message.messageText}`, ...rest].join("\n");
}
