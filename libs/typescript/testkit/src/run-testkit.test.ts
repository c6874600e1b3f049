import { readFileSync } from "node:fs";
import { InMemoryTraceExporter, init, startSpan } from "mlflow-tracing";
import { describe, expect, it } from "vitest";
import { CHECKS, type CheckReport, formatReport, type Integration, runTestkit } from "./index.js";
import type { ToyClient } from "./testing/toy-client.js";
import { toyIntegration, tracedToy } from "./testing/traced-toy.js";

const good = toyIntegration(tracedToy);
const some = CHECKS.filter(({ id }) => ["names-and-types", "outputs", "client-untouched"].includes(id));
const never: Integration<ToyClient> = {
  ...good,
  calls: good.calls.map((call) => ({ ...call, start: () => new Promise(() => {}) })),
};

describe("a report", () => {
  it("tells of each check, in order, as soon as it is over", async () => {
    const told: CheckReport[] = [];
    const report = await runTestkit(good, { checks: some, onCheck: (check) => told.push(check) });
    expect(report).toMatchObject({ integration: "toy", passed: true, counts: { pass: 3, fail: 0, skip: 0 } });
    expect(told).toEqual(report.checks);
    expect(told.map(({ id, outcome }) => [id, outcome.status])).toEqual(some.map(({ id }) => [id, "pass"]));
  });

  it("says what was expected and what was seen", async () => {
    const plain = toyIntegration((client) => client);
    const report = await runTestkit(plain, { checks: some.slice(0, 1) });
    expect(report.passed).toBe(false);
    expect(report.checks[0]?.outcome).toEqual({
      status: "fail",
      problems: [
        { call: "chat.create", what: "spans", expected: '"Chat (LLM)"', seen: '"no span"' },
        { call: "chat.create, streamed", what: "spans", expected: '"Chat (LLM)"', seen: '"no span"' },
      ],
    });
    const text = formatReport(report);
    expect(text).toMatch(/^toy: 0 passed, 1 failed, 0 skipped\nFAIL names-and-types: /);
    expect(text).toContain('chat.create, spans\n       expected "Chat (LLM)"\n       seen     "no span"');
  });

  it("has the reasons of what was skipped", async () => {
    const { wrap: _, ...unwrapped } = good;
    const report = await runTestkit({ ...unwrapped, skip: { outputs: "not yet" } }, { checks: some });
    expect(report.checks.slice(1).map(({ outcome }) => outcome)).toEqual([
      { status: "skip", reason: "not yet" },
      { status: "skip", reason: "no call of this kind" },
    ]);
    expect(formatReport(report)).toContain("skip outputs: Outputs are what the call answered (not yet)");
  });

  it("says that a call did not end", async () => {
    const { checks } = await runTestkit(never, { checks: some.slice(0, 1), timeoutMs: 50 });
    expect(checks[0]?.outcome).toMatchObject({
      status: "fail",
      problems: [{ what: "time", expected: "an end within 50 ms", seen: "chat.create did not end" }, {}],
    });
  });

  it("says that an integration cannot even make a client", async () => {
    const broken = toyIntegration(() => {
      throw new Error("no client");
    });
    const { checks } = await runTestkit(broken, { checks: some.slice(0, 1) });
    expect(checks[0]?.outcome).toMatchObject({
      problems: [{ what: "the check itself", seen: "Error: no client" }, {}],
    });
  });
});

describe("a run", () => {
  it("leaves the SDK as before `init`", async () => {
    const exporter = new InMemoryTraceExporter();
    init({ exporter });
    await runTestkit(good, { checks: some });
    startSpan({ name: "afterwards" }).end();
    expect(exporter.traces).toEqual([]);
  });

  it("is refused while another one goes on", async () => {
    const first = runTestkit(good, { checks: some });
    await expect(runTestkit(good, { checks: some })).rejects.toThrow("running already");
    expect((await first).passed).toBe(true);
  });

  it.each([
    ["skips of checks that do not exist", { skip: { "no-such-check": "why not" } }, "no-such-check"],
    ["calls of one name", { calls: [...good.calls, ...good.calls] }, "chat.create, chat.create, streamed"],
    ["no calls", { calls: [] }, "no call to check"],
  ])("is refused for %s", async (_, change, message) => {
    await expect(runTestkit({ ...good, ...change } as Integration<ToyClient>)).rejects.toThrow(message);
  });
});

describe("checks", () => {
  it("have ids of their own, a title and a reason", () => {
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
    for (const { id, title, why } of CHECKS) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title.length, id).toBeGreaterThan(15);
      expect(why.length, id).toBeGreaterThan(15);
    }
  });

  it("are all listed in the README", () => {
    const readme = readFileSync(`${import.meta.dirname}/../README.md`, "utf8");
    const listed = [...readme.matchAll(/^\| `([a-z-]+)` +\| (.*?) +\|$/gm)].map(([, id, title]) => [id, title]);
    expect(listed).toEqual(CHECKS.map(({ id, title }) => [id, title]));
  });
});
