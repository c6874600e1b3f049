// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { type ReactNode, useState } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CodeEditor, StaticCode } from ".";
import type { CreateLiveEditor, LiveEditor, LiveEditorOptions } from "./live-editor-contract";

const CODE = 'const a = "1 < 2";\n\n// done\nawait run(a);\n';
const loadLiveEditor = vi.hoisted(() => vi.fn<() => Promise<CreateLiveEditor>>());
vi.mock("./load-live-editor", () => ({ loadLiveEditor }));

/** Stands for Monaco: a text box of its own in the host, and a record of what it was told. */
function fakeMonaco() {
  const opened: { options: LiveEditorOptions; editor: LiveEditor }[] = [];
  const create: CreateLiveEditor = (host, options) => {
    const box = document.createElement("textarea");
    box.ariaLabel = options.label;
    host.append(box);
    const editor = {
      focus: vi.fn(() => box.focus()),
      select: vi.fn(),
      scrollTo: vi.fn(),
      setValue: vi.fn(),
      setMarks: vi.fn(),
      dispose: vi.fn(() => box.remove()),
    };
    opened.push({ options, editor });
    return editor;
  };
  return { create, opened };
}

function Owner(props: { onRun?: () => void; onText?: (text: string) => void }): ReactNode {
  const [code, setCode] = useState(CODE);
  return (
    <>
      <CodeEditor
        path="a/main.ts"
        label="example"
        value={code}
        onChange={(text) => {
          setCode(text);
          props.onText?.(text);
        }}
        onRun={props.onRun}
      />
      <button type="button" onClick={() => setCode(CODE)}>
        Reset
      </button>
    </>
  );
}

const box = () => screen.getByRole("textbox", { name: /^Code/ });
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve)));
let monaco = fakeMonaco();

beforeEach(() => {
  monaco = fakeMonaco();
  loadLiveEditor.mockReset().mockResolvedValue(monaco.create);
});
afterEach(cleanup);

describe("before it is wanted", () => {
  it("is complete, coloured code in the server's HTML", () => {
    const html = renderToString(<CodeEditor path="main.ts" label="main.ts" value={CODE} onChange={() => {}} />);
    const page = document.createElement("div");
    page.innerHTML = html;
    expect(page.querySelector("code")?.textContent).toBe(CODE);
    expect(page.querySelectorAll("code > span")).toHaveLength(5);
    expect(page.querySelector('[role="textbox"]')?.getAttribute("aria-readonly")).toBe("true");
    expect(loadLiveEditor).not.toHaveBeenCalled();
  });

  it("is one multi-line text box whose name begins with Code", () => {
    render(<Owner />);
    expect(screen.getAllByRole("textbox")).toHaveLength(1);
    expect(box().getAttribute("aria-label")).toBe("Code: example");
    expect(box().getAttribute("aria-multiline")).toBe("true");
    expect(loadLiveEditor).not.toHaveBeenCalled();
  });
});

describe("when the reader reaches for it", () => {
  it("takes the keystrokes at once and hands text, caret and focus to Monaco", async () => {
    const onText = vi.fn();
    render(<Owner onText={onText} />);
    act(() => box().focus());
    const plain = box() as HTMLTextAreaElement;
    expect(plain.tagName).toBe("TEXTAREA");
    expect(document.activeElement).toBe(plain);
    fireEvent.change(plain, { target: { value: `x${CODE}` } });
    plain.setSelectionRange(1, 1);
    await settle();
    expect(onText).toHaveBeenLastCalledWith(`x${CODE}`);
    const [live] = monaco.opened;
    expect(live?.options).toMatchObject({ value: `x${CODE}`, label: "Code: example", path: "a/main.ts" });
    expect(live?.editor.select).toHaveBeenCalledWith(1, 1);
    expect(live?.editor.focus).toHaveBeenCalled();
    expect(screen.getAllByRole("textbox")).toHaveLength(1);
  });

  it("does not take back the focus of a reader who has gone on", async () => {
    render(<Owner />);
    act(() => box().focus());
    act(() => screen.getByText("Reset").focus());
    await settle();
    expect(monaco.opened).toHaveLength(1);
    expect(document.activeElement).toBe(screen.getByText("Reset"));
  });

  it("lets an input method finish its word first", async () => {
    render(<Owner />);
    act(() => box().focus());
    fireEvent.compositionStart(box());
    await settle();
    expect(monaco.opened).toHaveLength(0);
    fireEvent.compositionEnd(box());
    await settle();
    expect(monaco.opened).toHaveLength(1);
  });

  it("runs with Ctrl+Enter and Cmd+Enter while Monaco loads", () => {
    loadLiveEditor.mockReturnValue(new Promise(() => {}));
    const onRun = vi.fn();
    render(<Owner onRun={onRun} />);
    act(() => box().focus());
    fireEvent.keyDown(box(), { key: "Enter", ctrlKey: true });
    fireEvent.keyDown(box(), { key: "Enter", metaKey: true });
    fireEvent.keyDown(box(), { key: "Enter" });
    expect(onRun).toHaveBeenCalledTimes(2);
  });

  it("tells Monaco what the owner sets, and not what the reader typed", async () => {
    render(<Owner />);
    act(() => box().focus());
    await settle();
    const [live] = monaco.opened;
    act(() => live?.options.onChange("typed"));
    expect(live?.editor.setValue).not.toHaveBeenCalledWith("typed");
    fireEvent.click(screen.getByText("Reset"));
    expect(live?.editor.setValue).toHaveBeenLastCalledWith(CODE);
  });

  it("gives everything back when it goes", async () => {
    const { unmount } = render(<Owner />);
    act(() => box().focus());
    await settle();
    unmount();
    expect(monaco.opened[0]?.editor.dispose).toHaveBeenCalledTimes(1);
  });

  it("opens nothing for a reader who has left the page meanwhile", async () => {
    const { unmount } = render(<Owner />);
    act(() => box().focus());
    unmount();
    await settle();
    expect(monaco.opened).toHaveLength(0);
  });
});

describe("when Monaco cannot be loaded", () => {
  it("stays a text box, says so, and tries again on the next focus", async () => {
    loadLiveEditor.mockRejectedValueOnce(new Error("offline"));
    render(<Owner />);
    act(() => box().focus());
    await settle();
    expect(screen.getByRole("alert").textContent).toMatch(/could not be loaded/);
    fireEvent.change(box(), { target: { value: "kept" } });
    expect((box() as HTMLTextAreaElement).value).toBe("kept");
    act(() => box().blur());
    act(() => box().focus());
    await settle();
    expect(monaco.opened[0]?.options.value).toBe("kept");
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("a line that failed", () => {
  it("is described to those who do not see its colour", () => {
    render(
      <CodeEditor
        path="main.ts"
        label="main.ts"
        value={CODE}
        onChange={() => {}}
        errorLine={{ line: 4, message: "boom" }}
      />,
    );
    const described = (box().getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent);
    expect(described).toContain("Error on line 4: boom");
  });

  it("is marked in static code, which has no text box", () => {
    render(<StaticCode code={CODE} label="main.ts" errorLine={{ line: 4, message: "boom" }} />);
    const region = screen.getByRole("region", { name: "main.ts" });
    expect(region.querySelectorAll("code > span")).toHaveLength(4);
    expect(document.getElementById(region.getAttribute("aria-describedby") ?? "")?.textContent).toContain("line 4");
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});
