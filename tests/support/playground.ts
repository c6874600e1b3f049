import { expect, type Locator, type Page } from "@playwright/test";

export const GUIDE = "/genai/tracing/integrations/listing/anthropic";

/** One playground of a page, by the names that its readers know. */
export class PlaygroundPage {
  readonly region: Locator;
  readonly status: Locator;
  readonly rows: Locator;

  constructor(
    readonly page: Page,
    readonly title: string,
  ) {
    this.region = page.getByRole("region", { name: `Playground: ${title}`, exact: true });
    this.status = this.region.getByRole("status").first();
    this.rows = this.region.getByRole("treegrid", { name: "Trace" }).getByRole("row");
  }

  button(name: "Run" | "Stop" | "Reset"): Locator {
    return this.region.getByRole("button", { name, exact: true });
  }

  tab(name: "Trace" | "Console" | "Requests"): Locator {
    return this.region.getByRole("tab", { name, exact: true });
  }

  /** Presses Run and waits until the run is over; returns the status. */
  async run(): Promise<string> {
    await this.button("Run").click();
    return this.finished();
  }

  /** Waits for the end of a run and returns the status. */
  async finished(): Promise<string> {
    await expect(this.button("Stop")).toBeDisabled({ timeout: 25_000 });
    await expect(this.status).not.toHaveText(/^(Recorded|Running)/, { timeout: 25_000 });
    return (await this.status.textContent()) ?? "";
  }

  /** The span tree as lines: two spaces a level, then the name, in the order shown. */
  async tree(): Promise<string[]> {
    return this.rows.evaluateAll((rows) =>
      rows.map((row) => {
        const level = Number(row.getAttribute("aria-level") ?? 1);
        const name = (row.getAttribute("aria-label") ?? row.textContent ?? "").split(",")[0];
        return "  ".repeat(level - 1) + name;
      }),
    );
  }

  /** Puts other code into the editor, as a reader who selects all and pastes. */
  async replaceCode(code: string): Promise<void> {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const editor = await this.openEditor();
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), code);
    await editor.press("ControlOrMeta+A");
    await editor.press("ControlOrMeta+V");
    await expect(this.region.getByText("edited", { exact: true })).toBeVisible();
  }

  /** Brings the editor and returns its text box. */
  async openEditor(): Promise<Locator> {
    const box = this.region.getByRole("textbox", { name: /^Code/ });
    await box.click();
    await expect(this.region.locator(".monaco-editor").first()).toBeVisible({ timeout: 20_000 });
    await expect(box).toBeFocused();
    return box;
  }
}

/** Opens the guide and waits until React has taken over its server-rendered page. */
export async function openGuide(page: Page): Promise<void> {
  await page.goto(GUIDE);
  await expect(page.locator("html")).toHaveAttribute("data-has-hydrated", "true");
}
