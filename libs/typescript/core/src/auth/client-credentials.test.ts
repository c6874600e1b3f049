import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FakeDatabricksServer } from "../databricks/testing/fake-databricks-server.js";
import { createTokenSource } from "./client-credentials.js";

const server = new FakeDatabricksServer();
let now = 0;
const source = (secret = "s3cret") =>
  createTokenSource({ url: `${server.host}/oidc/v1/token`, clientId: "client", clientSecret: secret }, () => now);

beforeAll(async () => void (await server.start()));
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  server.fault = undefined;
  server.tokenLifetime = 3600;
  now = 0;
});

describe("createTokenSource", () => {
  it("asks once for any number of callers, and keeps the token", async () => {
    const token = source();
    const tokens = await Promise.all(Array.from({ length: 50 }, token));
    expect(new Set(tokens).size).toBe(1);
    expect(await token()).toBe(tokens[0]);
    expect(server.requests).toHaveLength(1);
  });

  it("replaces the token a minute before it expires, once for all who ask then", async () => {
    const token = source();
    const first = await token();
    now = 3_539_000;
    expect(await token()).toBe(first);
    now = 3_540_000;
    const later = await Promise.all([token(), token(), token()]);
    expect(new Set(later).size).toBe(1);
    expect(later[0]).not.toBe(first);
    expect(server.requests).toHaveLength(2);
  });

  it("uses tokens of a short life, and none that is expired on arrival", async () => {
    server.tokenLifetime = 10;
    const short = source();
    const first = await short();
    now = 8_000;
    expect(await short()).toBe(first);
    now = 9_500;
    expect(await short()).not.toBe(first);
    server.tokenLifetime = 0;
    const expired = source();
    expect(await expired()).not.toBe(await expired());
  });

  it.each([
    ["no lifetime", { access_token: "t" }],
    ["a lifetime of another type", { access_token: "t", expires_in: "soon" }],
    ["a negative lifetime", { access_token: "t", expires_in: -5 }],
  ])("takes %s for an hour", async (_case, body) => {
    server.fault = () => ({ status: 200, body });
    const token = source();
    await token();
    now = 3_500_000;
    await token();
    expect(server.requests).toHaveLength(1);
  });

  it("never says the secret, and tries again the next time", async () => {
    const token = source("wr0ng");
    const problem = await token().catch((error: unknown) => error);
    expect(String(problem)).toMatch(/token endpoint .* refused with HTTP 401 - invalid_client: client:\*\*\*/);
    expect(String(problem)).not.toContain("wr0ng");
    server.principal = "client:wr0ng";
    await expect(token()).resolves.toMatch(/^oauth-/);
    server.principal = "client:s3cret";
  });

  it("fails all who wait together, and recovers", async () => {
    server.fault = () => ({ status: 503, body: "<html>down</html>" });
    const token = source();
    const results = await Promise.allSettled([token(), token(), token()]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(server.requests).toHaveLength(1);
    server.fault = undefined;
    await expect(token()).resolves.toMatch(/^oauth-/);
  });

  it.each([
    ["HTML", { status: 200, body: "<html>" }],
    ["nothing", { status: 200 }],
    ["a list", { status: 200, body: [] }],
    ["an empty token", { status: 200, body: { access_token: "" } }],
    ["a token of another type", { status: 200, body: { access_token: 5 } }],
  ])("refuses an answer that is %s", async (_case, answer) => {
    server.fault = () => answer;
    await expect(source()()).rejects.toThrow("answered without a token");
  });

  it("does not carry the secret to where a redirect points", async () => {
    server.fault = ({ path }) =>
      path === "/oidc/v1/token" ? { status: 307, headers: { location: `${server.host}/elsewhere` } } : undefined;
    await expect(source()()).rejects.toThrow("did not answer");
    expect(server.seen("/elsewhere")).toEqual([]);
  });

  it("says when nobody is there", async () => {
    const token = createTokenSource({ url: "http://127.0.0.1:1/oidc", clientId: "c", clientSecret: "s" });
    await expect(token()).rejects.toThrow("http://127.0.0.1:1/oidc did not answer");
  });
});
