import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { GUIDE, openGuide, PlaygroundPage } from "../support/playground";

const AGENT = "Tool-calling agent";
const EXAMPLES = [AGENT, "One message", "Three calls at once", "Streaming", "Token usage", "An unknown tool"];
const AGENT_SOURCE = readFileSync("examples/anthropic/tool-agent/main.ts", "utf8");
const AGENT_TREE = [
  "weather_report",
  ...["Tokyo", "Paris", "Sydney"].flatMap((city) => [`  ${city}`, "    Messages", "    get_weather", "    Messages"]),
];

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a reader sees the code and its recorded trace", async ({ page }) => {
    await page.goto(GUIDE);
    const agent = new PlaygroundPage(page, AGENT);
    await expect(agent.region).toContainText("tracedAnthropic(new Anthropic())");
    expect(await agent.tree()).toEqual(AGENT_TREE);
    await expect(agent.status).toHaveText("Recorded run · 13 spans");
  });
});

test.describe("a live run", () => {
  for (const title of EXAMPLES) {
    test(`gives the recorded tree: ${title}`, async ({ page }) => {
      await openGuide(page);
      const playground = new PlaygroundPage(page, title);
      const recorded = await playground.tree();
      const recordedSpans = recorded.length;
      expect(recordedSpans).toBeGreaterThan(0);
      const status = await playground.run();
      expect(status).toMatch(/^Sandbox · (\d+ ms|\d+\.\d s) · \d+ spans?$/);
      expect(status).toContain(`${recordedSpans} span`);
      expect((await playground.tree()).sort()).toEqual(recorded.sort());
    });
  }

  test("nests three concurrent agents and adds up what the provider reported", async ({ page }) => {
    await openGuide(page);
    const agent = new PlaygroundPage(page, AGENT);
    await agent.run();
    expect(await agent.tree()).toEqual(AGENT_TREE);

    await agent.tab("Requests").click();
    const bodies = await agent.region
      .getByRole("tabpanel")
      .locator("details", { hasText: "api.anthropic.com" })
      .locator("section[aria-label=Response] pre:last-child")
      .allTextContents();
    expect(bodies).toHaveLength(6);
    const usage = bodies.map((body) => JSON.parse(body).usage as { input_tokens: number; output_tokens: number });
    const total = usage.reduce((sum, { input_tokens, output_tokens }) => sum + input_tokens + output_tokens, 0);

    await agent.tab("Trace").click();
    const shown = await agent.region
      .getByText(/[\d,.  ]+ tokens/)
      .first()
      .textContent();
    expect(Number((shown ?? "").replace(/\D/g, ""))).toBe(total);
  });

  test("runs by keyboard", async ({ page }) => {
    await openGuide(page);
    const agent = new PlaygroundPage(page, AGENT);
    await agent.button("Run").focus();
    await page.keyboard.press("ControlOrMeta+Enter");
    expect(await agent.finished()).toContain("13 spans");
  });

  test("shows the selected span", async ({ page }) => {
    await openGuide(page);
    const agent = new PlaygroundPage(page, AGENT);
    await agent.run();
    await agent.rows.filter({ hasText: "get_weather" }).first().click();
    const details = agent.region.getByRole("region", { name: "Span details" });
    await expect(details).toContainText("get_weather");
    await expect(details).toContainText("Tokyo");
    await expect(details).toContainText("sunny");
  });
});

test.describe("edited code", () => {
  test("runs, and the change is in the trace", async ({ page }) => {
    await openGuide(page);
    const agent = new PlaygroundPage(page, AGENT);
    await agent.replaceCode(AGENT_SOURCE.replaceAll("Sydney", "Oslo"));
    expect(await agent.run()).toContain("13 spans");
    const tree = await agent.tree();
    expect(tree).toContain("  Oslo");
    expect(tree).not.toContain("  Sydney");

    await agent.button("Reset").click();
    await expect(agent.status).toHaveText("Recorded run · 13 spans");
    expect(await agent.tree()).toContain("  Sydney");
  });

  const FAILURES = [
    { what: "a syntax error", code: "const a = 1;\n\nconst b = ;\n", status: /SyntaxError: .*\(main\.ts:3:11\)/ },
    {
      what: "a thrown error",
      code: 'function inner(): never {\n  throw new RangeError("boom");\n}\n\nawait null;\ninner();\n',
      status: /RangeError: boom \(main\.ts:2:9\)/,
    },
    {
      what: "a rejected promise",
      code: 'const wait = () => new Promise((resolve) => setTimeout(resolve, 1));\n\nasync function late() {\n  await wait();\n  throw new TypeError("too late");\n}\n\nvoid late();\nawait new Promise((resolve) => setTimeout(resolve, 50));\n',
      status: /TypeError: too late \(main\.ts:5:9\)/,
    },
    { what: "an unknown package", code: 'import _ from "lodash";\n_.noop();\n', status: /Cannot find module 'lodash'/ },
  ];
  for (const { what, code, status } of FAILURES) {
    test(`explains ${what} with its line and keeps the code`, async ({ page }) => {
      await openGuide(page);
      const playground = new PlaygroundPage(page, "One message");
      await playground.replaceCode(code);
      expect(await playground.run()).toMatch(status);
      const [firstLine = ""] = code.split("\n");
      await expect(playground.region.locator(".view-lines")).toContainText(firstLine.replaceAll(" ", "\u00a0"));
    });
  }

  test("is stopped in an endless loop while the page goes on, and the next run works", async ({ page }) => {
    await openGuide(page);
    const playground = new PlaygroundPage(page, "One message");
    await playground.replaceCode("while (true) {}");
    await playground.button("Run").click();
    await expect(playground.button("Stop")).toBeEnabled();
    const longestFrame = await page.evaluate(longestFrameOf, 1_000);
    expect(longestFrame).toBeLessThan(500);
    await playground.button("Stop").click();
    await expect(playground.status).toHaveText(/^Stopped/);
    await playground.button("Reset").click();
    expect(await playground.run()).toContain("1 span");
  });

  test("is forgotten when the reader resets while it runs", async ({ page }) => {
    await openGuide(page);
    const playground = new PlaygroundPage(page, "One message");
    await playground.replaceCode('console.log("in");\nwhile (true) {}');
    await playground.button("Run").click();
    await expect(playground.button("Stop")).toBeEnabled();
    await playground.button("Reset").click();
    await expect(playground.status).toHaveText("Recorded run · 1 span");
    // Longer than a run waits between two looks at its output.
    await page.waitForTimeout(600);
    await expect(playground.status).toHaveText("Recorded run · 1 span");
    await expect(playground.button("Stop")).toBeDisabled();
  });

  test("is ended at its deadline", async ({ page }) => {
    await openGuide(page);
    const playground = new PlaygroundPage(page, "One message");
    await playground.replaceCode("for (;;) await null;");
    expect(await playground.run()).toMatch(/^Timed out/);
    await playground.button("Reset").click();
    expect(await playground.run()).toContain("1 span");
  });
});

/** The longest time between two frames of the page within `ms`. */
function longestFrameOf(ms: number): Promise<number> {
  return new Promise((resolve) => {
    const start = performance.now();
    let last = start;
    let longest = 0;
    const frame = (now: number) => {
      longest = Math.max(longest, now - last);
      last = now;
      if (now - start > ms) resolve(longest);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
