import { describe, expect, it } from "vitest";
import { CHECKS, defineTestkitSuite, type Integration } from "./index.js";
import type { ToyClient } from "./testing/toy-client.js";
import { toyIntegration, tracedToy } from "./testing/traced-toy.js";

type Test = () => Promise<void>;

/** A test runner that only writes down what is defined. */
function define(integration: Integration<ToyClient>) {
  const tests = new Map<string, Test>();
  const skipped: string[] = [];
  const titles: string[] = [];
  const test = Object.assign((name: string, body: Test) => tests.set(name, body), {
    skip: (name: string) => skipped.push(name),
  });
  const describeSuite = (name: string, body: () => void): void => {
    titles.push(name);
    body();
  };
  defineTestkitSuite(integration, { describe: describeSuite, it: test });
  return { tests, skipped, titles };
}

describe("a suite", () => {
  it("has a test for each check", () => {
    const { tests, skipped, titles } = define(toyIntegration(tracedToy));
    expect(titles).toEqual(["toy: conformance"]);
    expect([...tests.keys()]).toEqual(CHECKS.map(({ id, title }) => `${id}: ${title}`));
    expect(skipped).toEqual([]);
  });

  it("shows what is skipped, and why", () => {
    const { tests, skipped } = define({ ...toyIntegration(tracedToy), skip: { abort: "there is no signal" } });
    expect(tests.size).toBe(CHECKS.length - 1);
    expect(skipped).toEqual([expect.stringMatching(/^abort: .* \(skipped: there is no signal\)$/)]);
  });

  it("has tests that fail with what was expected and seen", async () => {
    const [first] = define(toyIntegration((client) => client)).tests.values();
    await expect(first?.()).rejects.toThrow(/search traces by name(.|\n)*expected "Chat \(LLM\)"\n +seen +"no span"/);
    const [passing] = define(toyIntegration(tracedToy)).tests.values();
    await passing?.();
  });

  it("is refused for a description that cannot be meant", () => {
    const skip = { nothing: "" } as Integration["skip"];
    expect(() => define({ ...toyIntegration(tracedToy), ...(skip ? { skip } : {}) })).toThrow("nothing");
  });
});
