import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadPublishedSdk } from "./anthropic/published-sdk";
import {
  createAnthropic,
  createMockFetch,
  type Exchange,
  installSimulatedTime,
  SERVICES,
  type SimulatedTime,
} from "./index";

const Anthropic = await loadPublishedSdk();
const realNow = Date.now.bind(Date);

describe("the SDK, the mock and simulated time together", () => {
  let time: SimulatedTime;
  beforeEach(() => {
    time = installSimulatedTime();
  });
  afterEach(() => time.uninstall());

  function connect(script: unknown, exchanges: Exchange[] = []) {
    const services = [createAnthropic({ script })];
    const fetch = createMockFetch({ services, clock: time.clock, onExchange: (exchange) => exchanges.push(exchange) });
    const client = new Anthropic({ apiKey: "k", fetch });
    const ask = (content: string) =>
      client.messages.create({ model: "claude-sonnet-5", max_tokens: 99, messages: [{ role: "user", content }] });
    return { client, ask };
  }

  const delayed = (name: string, latencyMs: number) => ({
    when: { lastUserText: name },
    reply: { text: name, latencyMs },
  });

  it("concurrent calls overlap and come back in the order of their latencies, at once", async () => {
    const exchanges: Exchange[] = [];
    const { ask } = connect([delayed("slow", 90_000), delayed("fast", 30_000), delayed("middle", 60_000)], exchanges);
    const order: string[] = [];
    const [start, realStart] = [Date.now(), realNow()];
    await Promise.all(["slow", "fast", "middle"].map(async (name) => order.push(name && (await ask(name)).id && name)));
    expect(order).toEqual(["fast", "middle", "slow"]);
    expect(Date.now() - start).toBeGreaterThanOrEqual(89_999);
    expect(Date.now() - start).toBeLessThan(120_000);
    expect(realNow() - realStart).toBeLessThan(15_000);
    expect(exchanges.map(({ durationMs }) => Math.round(durationMs / 30_000))).toEqual([1, 2, 3]);
  });

  it("the SDK's own timeout fires when a mock is slower", async () => {
    const { client } = connect([delayed("slow", 90_000)]);
    const request = { model: "claude-sonnet-5", max_tokens: 9, messages: [{ role: "user" as const, content: "slow" }] };
    const pending = client.messages.create(request, { timeout: 5_000, maxRetries: 0 });
    await expect(pending).rejects.toBeInstanceOf(Anthropic.APIConnectionTimeoutError);
  });

  it("the words of a stream arrive spread over its latency", async () => {
    const { client } = connect([
      { reply: { text: "one two three four five six seven eight nine ten ".repeat(3), latencyMs: 60_000 } },
    ]);
    const stream = client.messages.stream({
      model: "claude-sonnet-5",
      max_tokens: 99,
      messages: [{ role: "user", content: "count" }],
    });
    const arrivals: number[] = [];
    for await (const event of stream) if (event.type === "content_block_delta") arrivals.push(Date.now());
    const gaps = arrivals.slice(1).map((arrival, index) => arrival - (arrivals[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(5);
    expect(Math.min(...gaps)).toBeGreaterThan(500);
  });
});

describe("the registry", () => {
  it("makes every service by its name", () => {
    for (const [name, create] of Object.entries(SERVICES)) {
      const service = create({ script: [], latency: "off" });
      expect(service.name).toBe(name);
      expect(service.hosts.length).toBeGreaterThan(0);
      const url = new URL(`https://${service.hosts[0]}/nothing-here`);
      const reply = service.handle({ method: "GET", url, headers: {}, body: null });
      expect(reply.status).toBe(404);
      expect(reply.chunks.every(({ delayMs }) => delayMs === 0)).toBe(true);
    }
  });
});

describe("the code that runs in a worker of an opaque origin", () => {
  it("bundles for browsers without any Node built-in", async () => {
    const result = await build({
      entryPoints: [join(import.meta.dirname, "index.ts")],
      bundle: true,
      platform: "browser",
      conditions: ["mlflow-source", "browser"],
      format: "esm",
      minify: true,
      write: false,
      metafile: true,
      logLevel: "silent",
    });
    const imports = Object.values(result.metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path));
    expect(imports.filter((path) => path.startsWith("node:"))).toEqual([]);
  });

  it("uses nothing that only secure contexts have", () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" });
    const sources = files.filter((file) => file.endsWith(".ts") && !/\.test\.ts$|published-sdk/.test(file));
    expect(sources.length).toBeGreaterThan(40);
    for (const file of sources) {
      expect(readFileSync(join(import.meta.dirname, file), "utf8"), file).not.toMatch(
        /\bcrypto\b|from "node:|\bprocess\b|\bBuffer\b/,
      );
    }
  });
});
