// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failedTrace, type SampleSpan, sampleTrace, weatherTrace } from "../model/sample-trace";
import { TraceViewer } from "../TraceViewer";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const details = () => within(screen.getByRole("region", { name: "Span details" }));
const showSpan = (span: Omit<SampleSpan, "id">) =>
  render(<TraceViewer traces={[sampleTrace([{ id: "it", ...span }])]} initialSelection="it" />);
const text = (element: Element | null | undefined) => element?.textContent?.replaceAll(/\s/g, " ");
const open = (summary: RegExp) => {
  const summaries = [...screen.getByRole("region").querySelectorAll("summary")];
  const element = summaries
    .find((candidate) => summary.test(text(candidate) ?? ""))
    ?.closest("details") as HTMLDetailsElement;
  element.open = true;
  fireEvent(element, new Event("toggle"));
  return within(element);
};

describe("facts", () => {
  it("says who called a tool, and how long it took", () => {
    render(<TraceViewer traces={[weatherTrace()]} initialSelection="tool" />);
    const facts = screen.getByRole("region").querySelector("dl");
    expect(text(facts)).toBe("statusokduration2 msstarts at45 mscalled byMessages · toolu_01");
  });

  it("lists tokens by kind", () => {
    showSpan({
      attributes: { "mlflow.chat.tokenUsage": { input_tokens: 1200, output_tokens: 5, cache_read_input_tokens: 800 } },
    });
    const table = details().getByRole("table", { name: "Tokens" });
    const cells = within(table)
      .getAllByRole("row")
      .map((row) => text(row));
    expect(cells).toEqual(["input1 200", "output5", "total1 205", "cache read input800"]);
  });
});

describe("inputs and outputs", () => {
  it("shows a conversation as messages, and as JSON on demand", () => {
    render(<TraceViewer traces={[weatherTrace()]} initialSelection="llm1" />);
    expect(details().getByText("What is the weather in Tokyo?")).toBeTruthy();
    expect(details().getByText("toolu_01")).toBeTruthy();
    expect(details().getByText('{"city": "Tokyo"}')).toBeTruthy();
    expect(open(/^Other fields model, max_tokens$/).getByText(/512/)).toBeTruthy();
    fireEvent.click(details().getByRole("button", { name: "Inputs as JSON" }));
    expect(details().getByText('[{"role": "user", "content": "What is the weather in Tokyo?"}]')).toBeTruthy();
  });

  it("shows text as text: markup stays what it is", () => {
    const markup = "<img src=x onerror=alert(1)>";
    showSpan({ inputs: markup, outputs: { html: markup } });
    expect(details().getByText(markup)).toBeTruthy();
    expect(document.querySelector("img")).toBeNull();
  });

  it("folds a long text and opens all of it", () => {
    const long = `${"word ".repeat(200_000)}the end`;
    showSpan({ outputs: long });
    const block = () => screen.getByRole("region").querySelectorAll(".tv-text")[0];
    expect(block()?.textContent?.length).toBeLessThan(2_000);
    const button = details().getByRole("button", { name: /^Show all 1.000.007 characters$/ });
    fireEvent.click(button);
    expect(block()?.textContent === long).toBe(true);
    fireEvent.click(details().getByRole("button", { name: "Show less" }));
    expect(block()?.textContent?.length).toBeLessThan(2_000);
  });

  it("opens a large JSON value level by level, and all of its entries on demand", () => {
    showSpan({
      inputs: {
        list: Array.from({ length: 120 }, (_, index) => ({
          index,
          name: "a name that does not fit on one line with others around it, really",
        })),
      },
    });
    expect(details().getByText("[120]")).toBeTruthy();
    fireEvent.click(details().getByRole("button", { name: /^Show all 120 entries$/ }));
    expect(details().getAllByRole("button", { name: /^119/ })).toHaveLength(1);
  });

  it("folds the middle of a long conversation", () => {
    const messages = Array.from({ length: 12 }, (_, index) => ({ role: "user", content: `message ${index}` }));
    showSpan({ inputs: { messages } });
    expect(details().queryByText("message 3")).toBeNull();
    fireEvent.click(details().getByRole("button", { name: "Show 7 more messages" }));
    for (const { content } of messages) expect(details().getByText(content)).toBeTruthy();
  });

  it("says when there is nothing", () => {
    showSpan({ outputs: "" });
    expect(details().getByText("None recorded.")).toBeTruthy();
    expect(details().getByText("An empty text.")).toBeTruthy();
  });
});

describe("copying", () => {
  it("copies the exact text and announces it for a while", async () => {
    vi.useFakeTimers();
    const writeText = vi.fn(async () => {});
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    showSpan({ inputs: { city: "Tokyo" } });
    await act(async () => fireEvent.click(details().getByRole("button", { name: "Copy inputs" })));
    expect(writeText).toHaveBeenCalledExactlyOnceWith('{"city":"Tokyo"}');
    expect(details().getByText("Copied").getAttribute("aria-live")).toBe("polite");
    act(() => vi.advanceTimersByTime(5_000));
    expect(details().queryByText("Copied")).toBeNull();
  });

  it.each([
    [true, "Copied"],
    [false, "The browser does not allow copying"],
  ])("without clipboard access the older way answers %s", async (works, message) => {
    vi.stubGlobal("navigator", { clipboard: { writeText: () => Promise.reject(new Error("denied")) } });
    const selected: string[] = [];
    Object.assign(document, {
      execCommand: () => {
        selected.push(document.querySelector("textarea")?.value ?? "");
        return works;
      },
    });
    showSpan({ inputs: "hello" });
    await act(async () => fireEvent.click(details().getByRole("button", { name: "Copy inputs" })));
    expect(details().getByText(message)).toBeTruthy();
    expect(selected).toEqual(["hello"]);
    expect(document.querySelector("textarea")).toBeNull();
  });
});

describe("the rest of the record", () => {
  it("shows an exception with type, message and stack", () => {
    render(<TraceViewer traces={[failedTrace()]} />);
    expect(details().getByText("ValueError")).toBeTruthy();
    expect(details().getByText("Division by zero")).toBeTruthy();
    expect(details().getByText(/Traceback:/)).toBeTruthy();
  });

  it("shows a status message that no exception repeats", () => {
    showSpan({ status: "ERROR", message: "Rate limit reached" });
    expect(details().getByText("Rate limit reached")).toBeTruthy();
    expect(details().getByText("None: the span failed.")).toBeTruthy();
  });

  it("opens attributes, events and the whole span", () => {
    const events = [{ name: "retry", time_unix_nano: "1795383894000000000", attributes: { attempt: "2" } }];
    showSpan({ attributes: { "my.key": { deep: true } }, events });
    const attributes = open(/^2 attributes$/);
    expect(attributes.getByText("my.key")).toBeTruthy();
    expect(attributes.getByText('{"deep": true}')).toBeTruthy();
    expect(open(/^1 event$/).getByText("retry")).toBeTruthy();
    expect(open(/^Span as JSON$/).getByText(/"span_id": "it"/)).toBeTruthy();
  });
});
