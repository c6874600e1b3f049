import { chromium } from "playwright";
import { buildHarness, openHarness } from "./tests/support/sandbox-page";
import { compileExample, loadExample } from "./src/plugins/examples/load";
const h = await buildHarness();
const b = await chromium.launch({ executablePath: "/usr/bin/chromium" });
const page = await b.newPage({ baseURL: "http://localhost:4100" });
await openHarness(page, h);
const ex = loadExample("examples", "anthropic/tool-agent");
const program = { ...ex.program, compiled: compileExample(ex), latency: process.argv[2] ?? "off" };
const r = await page.evaluate(async (program) => {
  const out = [];
  for (let i = 0; i < 8; i++) {
    await globalThis.engineForTests.warm(program);
    await new Promise(r => setTimeout(r, 1000));
    const t0 = performance.now(); const ev = [];
    const result = await globalThis.engineForTests.run(program, (e) => ev.push([e.type + (e.phase ?? ""), +(performance.now() - t0).toFixed(1), e.text?.startsWith("MARK") ? e.text : ""]), new AbortController().signal);
    out.push([result.durationMs, ev.filter((e, i) => i < 3 || i > ev.length - 6 || e[0] === "http" || e[2]).map(e => e.join("@")).join(" ")]);
  }
  return out;
}, program);
for (const l of r) console.log(l);
await b.close();
