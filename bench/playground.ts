import type { Page } from "playwright";
import { type Figures, summarise } from "./figures";
import { FLOOR_PAGE } from "./floor";

const GUIDE = "/genai/tracing/integrations/listing/anthropic";
const TITLE = "Playground: Tool-calling agent";
const SPANS = 13;
const WARM_UP = 5;
const RUNS = 20;
/** A reader's pause between two runs, in which the next worker is started. In ms. */
const PAUSE_MS = 1_000;

/** Milliseconds from the click on Run to the trace in the DOM, for unedited code with a warm worker and latency off. */
export async function measureWarmRun(page: Page): Promise<Figures> {
  // The runner wraps named functions in a call of this name, also in those that are sent into the page.
  await page.addInitScript("globalThis.__name = (wrapped) => wrapped");
  await page.goto(GUIDE);
  await page.locator("html[data-has-hydrated=true]").waitFor();
  const region = page.getByRole("region", { name: TITLE });
  await region.getByRole("checkbox", { name: "Simulated latency" }).uncheck();
  const button = region.getByRole("button", { name: "Run", exact: true });
  await button.hover();
  const samples: number[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run += 1) {
    const sample = await button.evaluate(clickAndWait, SPANS);
    if (run >= WARM_UP) samples.push(sample);
    await page.waitForTimeout(PAUSE_MS);
  }
  return summarise(samples);
}

/** The same for the floor, in the same browser. */
export async function measureFloor(page: Page): Promise<Figures> {
  await page.route("**/bench-floor", (route) => route.fulfill({ contentType: "text/html", body: FLOOR_PAGE }));
  await page.goto("/bench-floor");
  await page.waitForTimeout(500);
  const samples: number[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run += 1) {
    const sample = await page.evaluate((rows) => (globalThis as unknown as FloorPage).runFloor(rows), SPANS);
    if (run >= WARM_UP) samples.push(sample);
    await page.waitForTimeout(PAUSE_MS);
  }
  return summarise(samples);
}

interface FloorPage {
  runFloor(rows: number): Promise<number>;
}

/** Runs in the page: clicks, then waits for a finished status and for rows that were not there before. */
function clickAndWait(button: HTMLElement | SVGElement, spans: number): Promise<number> {
  const region = button.closest("section");
  if (!(region && button instanceof HTMLElement)) throw new Error("no playground");
  return new Promise((resolve) => {
    const start = performance.now();
    const rows = () => [...region.querySelectorAll("[role=treegrid] [role=row][aria-level]")];
    const text = () =>
      rows()
        .map((row) => row.getAttribute("aria-label") ?? row.textContent)
        .join();
    const before = text();
    const observer = new MutationObserver(() => {
      const status = region.querySelector("[role=status]")?.textContent ?? "";
      // Two runs never take the same time in every span.
      if (!status.startsWith("Sandbox") || rows().length !== spans || text() === before) return;
      observer.disconnect();
      resolve(performance.now() - start);
    });
    observer.observe(region, { subtree: true, childList: true, characterData: true, attributes: true });
    button.click();
  });
}
