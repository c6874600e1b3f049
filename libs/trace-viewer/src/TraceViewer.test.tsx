// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failedTrace, sampleTime, sampleTrace, weatherTrace } from "./model/sample-trace";
import type { LiveSpan } from "./model/trace-json";
import { TraceViewer } from "./TraceViewer";

afterEach(cleanup);

const tree = () => screen.getByRole("treegrid", { name: "Trace" });
const rows = () => within(tree()).getAllByRole("row");
const rowNames = () => rows().map((row) => row.getAttribute("aria-label")?.split(",")[0]);
const row = (name: RegExp) => within(tree()).getByRole("row", { name });
const details = () => screen.getByRole("region", { name: "Span details" });
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const tabStops = () => rows().filter((element) => element.tabIndex === 0);

describe("tree", () => {
  it("has one named row per span, with its place in the tree", () => {
    render(<TraceViewer traces={[weatherTrace()]} />);
    expect(rows().map((element) => element.getAttribute("aria-label"))).toEqual([
      "weather_agent, AGENT, 84 ms, ok",
      "Messages, LLM, 34 ms, ok",
      "get_weather, TOOL, 2 ms, ok",
      "Messages, LLM, 32 ms, ok",
    ]);
    const tool = row(/^get_weather/);
    expect(["aria-level", "aria-posinset", "aria-setsize"].map((name) => tool.getAttribute(name))).toEqual([
      "2",
      "2",
      "3",
    ]);
    expect([tool.getAttribute("aria-expanded"), row(/^weather_agent/).getAttribute("aria-expanded")]).toEqual([
      null,
      "true",
    ]);
    expect(within(tool).getAllByRole("gridcell")).toHaveLength(3);
  });

  it("sums the run up in one line", () => {
    const agents = ["a", "b", "c"].map((id) => sampleTrace([{ id, type: "AGENT", to: 10 }], id));
    const { container } = render(<TraceViewer traces={agents} />);
    const summary = container.querySelector(".tv-summary")?.textContent?.replaceAll(/\s/g, " ");
    expect(summary).toBe("3 traces3 spans10 ms3 agents overlap");
  });

  it("shows tokens with their kinds in the title", () => {
    render(<TraceViewer traces={[weatherTrace()]} />);
    expect(screen.getByTitle(/776 input → 85 output, 861 in total/).textContent).toBe("861 tokens");
  });

  it("says what to do when there are no spans", () => {
    const { rerender } = render(<TraceViewer traces={[]} />);
    expect(screen.getByText(/No spans yet/)).toBeTruthy();
    rerender(<TraceViewer traces={[]} emptyMessage="Press Run." />);
    expect(screen.getByText("Press Run.")).toBeTruthy();
  });

  it("tells itself from other viewers by its label", () => {
    render(<TraceViewer traces={[weatherTrace()]} label="Quickstart" />);
    expect(screen.getByRole("treegrid", { name: "Trace: Quickstart" })).toBeTruthy();
    expect(screen.getByRole("region", { name: "Span details: Quickstart" })).toBeTruthy();
  });

  it("says of an ended span without a status that it has none", () => {
    render(
      <TraceViewer
        traces={[
          sampleTrace([
            { id: "plain", status: "UNSET" },
            { id: "open", status: "UNSET", to: null },
          ]),
        ]}
      />,
    );
    expect(row(/^plain, CHAIN, 1 ms, unset$/)).toBeTruthy();
    expect(row(/^open, CHAIN, not ended$/)).toBeTruthy();
  });

  it("marks a failed row in words and with its message", () => {
    render(<TraceViewer traces={[failedTrace()]} />);
    const failed = row(/^divide, TOOL, 1 ms, error: Division by zero$/);
    expect(within(failed).getByText("Division by zero")).toBeTruthy();
    expect(
      screen.getByText((_, element) => element?.textContent === "1 error" && element.tagName === "SPAN"),
    ).toBeTruthy();
  });
});

describe("keyboard and pointer", () => {
  it("has exactly one tab stop, which follows the focus", () => {
    render(<TraceViewer traces={[weatherTrace()]} initialSelection="none" />);
    expect(tabStops()).toEqual([row(/^weather_agent/)]);
    tabStops()[0]?.focus();
    press("ArrowDown");
    press("ArrowDown");
    expect(document.activeElement).toBe(row(/^get_weather/));
    expect(tabStops()).toEqual([row(/^get_weather/)]);
    press("End");
    press("Home");
    press("g");
    expect(document.activeElement).toBe(row(/^get_weather/));
  });

  it("collapses and expands with the arrows, and selects with Enter", () => {
    const onSelect = vi.fn();
    render(<TraceViewer traces={[weatherTrace()]} initialSelection="none" onSelect={onSelect} />);
    tabStops()[0]?.focus();
    press("ArrowLeft");
    expect(rowNames()).toEqual(["weather_agent"]);
    expect(row(/^weather_agent/).getAttribute("aria-expanded")).toBe("false");
    press("ArrowRight");
    press("ArrowRight");
    press("Enter");
    expect(onSelect).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ spanId: "llm1" }));
    expect(rows().map((element) => element.getAttribute("aria-selected"))).toEqual(["false", "true", "false", "false"]);
    expect(within(details()).getByText("I will look.")).toBeTruthy();
  });

  it("selects on click, and the chevron only toggles", () => {
    render(<TraceViewer traces={[weatherTrace()]} initialSelection="none" />);
    expect(screen.queryByRole("region")).toBeNull();
    expect(screen.getByText(/^Select a span/)).toBeTruthy();
    const toggle = row(/^weather_agent/).querySelector("[data-toggle]");
    if (!toggle) throw new Error("no chevron");
    fireEvent.click(toggle);
    expect(rowNames()).toEqual(["weather_agent"]);
    expect(screen.queryByRole("region")).toBeNull();
    fireEvent.click(toggle);
    fireEvent.click(row(/^get_weather/));
    expect(row(/^get_weather/).getAttribute("aria-selected")).toBe("true");
    expect(within(details()).getByText("get_weather")).toBeTruthy();
  });

  it("keeps the tab stop in sight when its ancestor is collapsed", () => {
    render(<TraceViewer traces={[weatherTrace()]} initialSelection="tool" />);
    expect(tabStops()).toEqual([row(/^get_weather/)]);
    fireEvent.click(row(/^weather_agent/).querySelector("[data-toggle]") as Element);
    expect(tabStops()).toEqual([row(/^weather_agent/)]);
  });

  it("leaves Ctrl+Enter to the page around it", () => {
    const onKeyDown = vi.fn();
    render(
      // biome-ignore lint/a11y/noStaticElementInteractions: stands for the page around the viewer
      <div onKeyDown={(event) => onKeyDown(event.defaultPrevented)}>
        <TraceViewer traces={[weatherTrace()]} />
      </div>,
    );
    fireEvent.keyDown(rows()[0] as Element, { key: "Enter", ctrlKey: true });
    expect(onKeyDown).toHaveBeenCalledExactlyOnceWith(false);
  });
});

describe("initial selection", () => {
  const selected = () =>
    rows()
      .find((element) => element.getAttribute("aria-selected") === "true")
      ?.getAttribute("aria-label");

  it.each([
    ["auto", failedTrace(), /^divide/],
    ["auto", weatherTrace(), /^Messages/],
    ["auto", sampleTrace([{ id: "only" }]), /^only/],
    ["first-error", failedTrace(), /^divide/],
    ["tool", weatherTrace(), /^get_weather/],
  ])("%s", (initialSelection, trace, name) => {
    render(<TraceViewer traces={[trace]} initialSelection={initialSelection} />);
    expect(selected()).toMatch(name);
  });

  it.each(["none", "first-error", "no-such-span"])("%s may be nothing", (initialSelection) => {
    render(<TraceViewer traces={[weatherTrace()]} initialSelection={initialSelection} />);
    expect(selected()).toBeUndefined();
  });
});

describe("a live run", () => {
  const span = (id: string, more: Partial<LiveSpan> = {}): LiveSpan => ({
    ...{ traceId: "trace-a", spanId: id, parentId: null, name: id, spanType: "LLM", status: "UNSET" },
    ...{ startTimeUnixNano: sampleTime(0), endTimeUnixNano: null },
    ...more,
  });

  it("shows spans as they start, and keeps what the reader chose until it is recorded", () => {
    const { rerender } = render(<TraceViewer traces={[]} live={[span("root", { spanType: "AGENT" })]} />);
    expect(row(/^root, AGENT, running$/)).toBeTruthy();
    expect(screen.queryByRole("region")).toBeNull();
    const both = [span("root"), span("tool", { parentId: "root" })];
    rerender(<TraceViewer traces={[]} live={both} />);
    fireEvent.click(row(/^tool/));
    expect(within(details()).getAllByText("Shown when the run has ended.")).toHaveLength(2);
    rerender(<TraceViewer traces={[weatherTrace()]} live={both} />);
    expect(within(details()).getByText('{"city": "Tokyo"}')).toBeTruthy();
    expect(rowNames()).toEqual(["weather_agent", "Messages", "get_weather", "Messages"]);
  });
});

describe("many spans", () => {
  const many = (count: number) =>
    sampleTrace(Array.from({ length: count }, (_, index) => ({ id: `s${index}`, from: index, to: index + 1 })));

  it("renders all of 200 rows and a window of more, and says how many there are", () => {
    const { rerender } = render(<TraceViewer traces={[many(200)]} initialSelection="none" />);
    expect(rows()).toHaveLength(200);
    rerender(<TraceViewer traces={[many(5_000)]} initialSelection="none" />);
    expect(rows().length).toBeLessThan(100);
    expect(tree().getAttribute("aria-rowcount")).toBe("5000");
  });

  it("brings a row that is far away into the document when the focus goes there", () => {
    render(<TraceViewer traces={[many(5_000)]} initialSelection="none" />);
    tabStops()[0]?.focus();
    press("End");
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^s4999,/);
    expect(document.activeElement?.getAttribute("aria-rowindex")).toBe("5000");
    expect(tabStops()).toHaveLength(1);
  });
});
