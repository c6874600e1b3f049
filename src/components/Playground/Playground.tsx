import "@tracebook/trace-viewer/trace-viewer.css";
import type { TraceJson } from "@tracebook/trace-viewer";
import { TraceViewer } from "@tracebook/trace-viewer";
import { type KeyboardEvent, memo, type ReactNode, useCallback, useMemo } from "react";
import { CodeEditor } from "../CodeEditor";
import { ConsolePane } from "./ConsolePane";
import type { PlaygroundExample } from "./example";
import { Notice } from "./Notice";
import styles from "./Playground.module.css";
import { RequestsPane } from "./RequestsPane";
import { errorText, statusText } from "./status";
import { Tabs } from "./Tabs";
import { useNarrow } from "./use-narrow";
import { usePlayground } from "./use-playground";

/** Both are costly to render, and most changes of a playground do not concern them. */
const Editor = memo(CodeEditor);
const Viewer = memo(TraceViewer);

/** Lines of code that are shown before the code scrolls: about as tall as a result beside it, or enough to see a result below. */
const MAX_LINES = { wide: 40, narrow: 18 } as const;

/**
 * An example that runs: its code on the left, what happened on the right. Before the first run that is the recorded trace;
 * the engine, the editor and the packages are loaded when the reader reaches for them.
 */
export function Playground({ example }: { example: PlaygroundExample }): ReactNode {
  const { code, setCode, edited, latency, setLatency, state, run, stop, reset, warm } = usePlayground(example);
  const { output, phase } = state;
  const running = phase === "running";
  const { entry } = example.program;
  const narrow = useNarrow();
  const start = useCallback(() => void run(), [run]);
  const mark = useMemo(() => errorLine(output.error, entry), [output.error, entry]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    start();
  }

  return (
    <section
      className={styles.playground}
      aria-label={`Playground: ${example.title}`}
      onPointerEnter={() => void warm()}
      onFocus={() => void warm()}
      onKeyDown={onKeyDown}
    >
      <header className={styles.head}>
        <span className={styles.title}>{example.title}</span>
        <span className={styles.file}>{entry}</span>
        {edited && <span className={styles.edited}>edited</span>}
        <span className={styles.grow} />
        <button type="button" className={styles.quiet} onClick={reset}>
          Reset
        </button>
        <button type="button" className={styles.button} onClick={stop} disabled={!running}>
          Stop
        </button>
        <button type="button" className={styles.run} onClick={start} aria-keyshortcuts="Control+Enter Meta+Enter">
          <RunMark />
          Run
        </button>
      </header>
      <div className={styles.split}>
        <Editor
          path={`${example.id}/${entry}`}
          value={code}
          onChange={setCode}
          label={`Code: ${example.title}, ${entry}`}
          errorLine={mark}
          onRun={start}
          maxLines={narrow ? MAX_LINES.narrow : MAX_LINES.wide}
        />
        <Tabs
          label={`Result of ${example.title}`}
          panes={[
            {
              name: "Trace",
              count: 0,
              keep: true,
              content: <TracePane state={state} />,
            },
            {
              name: "Console",
              count: output.console.length + (output.error ? 1 : 0),
              content: <ConsolePane lines={output.console} error={output.error} />,
            },
            {
              name: "Requests",
              count: output.requests.length,
              content: <RequestsPane requests={output.requests} ran={phase === "finished"} />,
            },
          ]}
        />
      </div>
      <footer className={styles.foot}>
        <span role="status" className={output.error ? styles.failed : undefined}>
          {statusText(state)}
        </span>
        <label className={styles.latency}>
          <input
            type="checkbox"
            checked={latency === "simulated"}
            onChange={(event) => setLatency(event.target.checked ? "simulated" : "off")}
          />
          Simulated latency
        </label>
        <span className={styles.mocked}>Mocked API: nothing leaves this page</span>
      </footer>
    </section>
  );
}

function TracePane({ state }: { state: ReturnType<typeof usePlayground>["state"] }): ReactNode {
  const { output, phase } = state;
  return (
    <>
      {phase === "recorded" && <Notice kind="recorded">Recorded from this code. Run it to see your own trace.</Notice>}
      {output.error && <Notice kind="error">{errorText(output.error)}</Notice>}
      <Viewer
        traces={output.traces as readonly TraceJson[]}
        live={output.live}
        emptyMessage="No trace was recorded. Call a traced client, or wrap a function with mlflow.trace."
      />
    </>
  );
}

function errorLine(error: ReturnType<typeof usePlayground>["state"]["output"]["error"], entry: string) {
  if (error?.at?.file !== entry) return undefined;
  return { line: error.at.line, message: error.message };
}

function RunMark(): ReactNode {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
      <path d="M1 0.5 9.5 5 1 9.5Z" fill="currentColor" />
    </svg>
  );
}
