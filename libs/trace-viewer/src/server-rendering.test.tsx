// @vitest-environment happy-dom
import { act, cleanup, render } from "@testing-library/react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failedTrace, sampleTrace, weatherTrace } from "./model/sample-trace";
import { TraceViewer } from "./TraceViewer";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const many = sampleTrace(
  Array.from({ length: 1_000 }, (_, index) => ({ id: `s${index}`, from: index, to: index + 1 })),
);
const CASES = [
  ["a short trace", weatherTrace()],
  ["a failed trace", failedTrace()],
  ["a windowed trace", many],
] as const;

function onServer(trace: (typeof CASES)[number][1]): string {
  const [savedWindow, savedDocument] = [globalThis.window, globalThis.document];
  vi.stubGlobal("window", undefined);
  vi.stubGlobal("document", undefined);
  const html = renderToString(<TraceViewer traces={[trace]} />);
  vi.stubGlobal("window", savedWindow);
  vi.stubGlobal("document", savedDocument);
  return html;
}

describe("server rendering", () => {
  it.each(CASES)("renders %s without a window, and the browser takes it over as it is", async (_name, trace) => {
    const html = onServer(trace);
    const container = document.createElement("div");
    document.body.append(container);
    container.innerHTML = html;
    const onRecoverableError = vi.fn();
    await act(async () => hydrateRoot(container, <TraceViewer traces={[trace]} />, { onRecoverableError }));
    expect(onRecoverableError).not.toHaveBeenCalled();
    container.remove();
  });

  it("gives the same rows as the browser, all of them", () => {
    const container = document.createElement("div");
    container.innerHTML = onServer(weatherTrace());
    const labels = (root: Element) =>
      [...root.querySelectorAll("[role=row]")].map((row) => row.getAttribute("aria-label"));
    expect(labels(container)).toHaveLength(4);
    expect(labels(container)).toEqual(labels(render(<TraceViewer traces={[weatherTrace()]} />).container));
  });

  it("would notice a difference", async () => {
    const container = document.createElement("div");
    container.innerHTML = onServer(weatherTrace());
    const onRecoverableError = vi.fn();
    await act(async () => hydrateRoot(container, <TraceViewer traces={[failedTrace()]} />, { onRecoverableError }));
    expect(onRecoverableError).toHaveBeenCalled();
  });
});
