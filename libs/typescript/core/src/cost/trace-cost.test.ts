import { afterEach, describe, expect, it } from "vitest";
import { Span, Trace, TraceData, TraceInfo } from "../entities/readable.js";
import { createTraceLocationFromExperimentId } from "../entities/trace-location.js";
import { TraceState } from "../entities/trace-state.js";
import { init, type LiveSpan, registerOnSpanEndHook, shutdown, withSpan } from "../index.js";
import { FakeTrackingServer } from "../testing/fake-tracking-server.js";
import { calculateCostByModelAndTokenUsage } from "./calculate-cost.js";
import serverCosts from "./fixtures/server-costs.json";
import { addCosts, addTraceCost } from "./trace-cost.js";

interface SpanFacts {
  id: string;
  parent?: string | null;
  model?: string | null;
  provider?: string | null;
  usage?: object | null;
  cost?: unknown;
}

/** A span that has been read from somewhere, so nothing can be set on it. */
function span({ id, parent, model, provider, usage, cost }: SpanFacts): Span {
  const attributes: Record<string, unknown> = {};
  if (model) attributes["mlflow.llm.model"] = JSON.stringify(model);
  if (provider) attributes["mlflow.llm.provider"] = JSON.stringify(provider);
  if (usage) attributes["mlflow.chat.tokenUsage"] = JSON.stringify(usage);
  if (cost !== undefined) attributes["mlflow.llm.cost"] = JSON.stringify(cost);
  return Span.fromJson({ trace_id: "", span_id: id, parent_span_id: parent ?? "", name: "x", attributes });
}

const id = (digit: number) => btoa(String.fromCharCode(0, 0, 0, 0, 0, 0, 0, digit));
const usage = { input_tokens: 100, output_tokens: 10, total_tokens: 110 };
const one = calculateCostByModelAndTokenUsage("gpt-4o", usage, "openai");

describe("addCosts", () => {
  it("agrees with the real server to the last digit", () => {
    expect(serverCosts.length).toBe(42);
    for (const { trace, spans, cost } of serverCosts) {
      for (const { model, provider, usage: tokens, cost: expected } of spans)
        expect([trace, calculateCostByModelAndTokenUsage(model, tokens, provider) ?? null]).toEqual([trace, expected]);
      const total = addCosts(spans.map(({ cost: _server, ...facts }) => span(facts)));
      expect(total === null).toBe(cost === null);
      if (!cost) continue;
      expect([trace, total]).toEqual([trace, cost]);
    }
  });

  it("counts the topmost spans only", () => {
    const root = { id: id(1) };
    const agent = { id: id(2), parent: id(1), model: "gpt-4o", provider: "openai", usage };
    const inner = { ...agent, id: id(3), parent: id(2) };
    expect(addCosts([root, agent, inner].map(span))).toEqual(one);
    expect(addCosts([inner, agent, root].map(span))).toEqual(one);
  });

  it("counts priced spans below one that has usage but no price", () => {
    const agent = { id: id(1), usage };
    const call = { id: id(2), parent: id(1), model: "gpt-4o", usage };
    expect(addCosts([agent, call].map(span))).toEqual(one);
  });

  it("takes a given cost as it is, and a given null for none", () => {
    const given = { input_cost: 1, output_cost: 2, total_cost: 3 };
    expect(addCosts([span({ id: id(1), model: "gpt-4o", usage, cost: given })])).toEqual(given);
    expect(addCosts([span({ id: id(1), model: "gpt-4o", usage, cost: null })])).toBeNull();
    expect(addCosts([span({ id: id(1), cost: { total_cost: "much" } })])).toEqual({
      input_cost: 0,
      output_cost: 0,
      total_cost: 0,
    });
  });

  it("is null without a cost, and survives spans that are their own ancestors", () => {
    expect(addCosts([])).toBeNull();
    expect(addCosts([span({ id: id(1), model: "no-such-model", usage })])).toBeNull();
    const loop = [
      { id: id(1), parent: id(2), model: "gpt-4o", usage },
      { id: id(2), parent: id(1) },
    ];
    expect(addCosts(loop.map(span))).toEqual(one);
    expect(addCosts([span({ id: id(1), parent: id(9), model: "gpt-4o", usage })])).toEqual(one);
  });
});

describe("addTraceCost", () => {
  const trace = (metadata: Record<string, string>) =>
    new Trace(
      new TraceInfo({
        traceId: "tr-1",
        traceLocation: createTraceLocationFromExperimentId("1"),
        requestTime: 0,
        state: TraceState.OK,
        traceMetadata: metadata,
      }),
      new TraceData([span({ id: id(1), model: "gpt-4o", usage })]),
    );

  it("sets the metadata once", () => {
    const fresh = trace({});
    addTraceCost(fresh);
    expect(JSON.parse(fresh.info.traceMetadata["mlflow.trace.cost"] ?? "")).toEqual(one);
    const settled = trace({ "mlflow.trace.cost": "kept" });
    addTraceCost(settled);
    expect(settled.info.traceMetadata["mlflow.trace.cost"]).toBe("kept");
  });
});

describe("addCosts on spans that have ended", () => {
  const server = new FakeTrackingServer();
  const undo = server.install();
  afterEach(async () => {
    await shutdown();
    undo();
  });

  it("sets the attribute and leaves the span closed to others", () => {
    init({ trackingUri: server.uri, experimentId: "1" });
    const ended: LiveSpan[] = [];
    const release = registerOnSpanEndHook((live) => void ended.push(live));
    withSpan((live) => live.setAttributes({ "mlflow.llm.model": "gpt-4o", "mlflow.chat.tokenUsage": usage }));
    release();
    expect(addCosts(ended)).toEqual(one);
    expect(ended[0]?.getAttribute("mlflow.llm.cost")).toEqual(one);
    ended[0]?.setAttribute("late", true);
    expect(ended[0]?.getAttribute("late")).toBeUndefined();
    expect(addCosts(ended)).toEqual(one);
  });
});
