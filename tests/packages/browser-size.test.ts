import { describe, expect, it } from "vitest";
import { measureBundle } from "./browser-size";

const KIB = 1024;
/** What only a process with files, a shell or a Databricks workspace can use. */
const NODE_ONLY =
  /\/core\/src\/(?:cost|platform\/node)\/|\/telemetry\/git|\/kubernetes-auth\.|\/databricks-(?:auth|config)|\/core\/src\/databricks\/(?!refuse-databricks\.)/;

const paths = (sources: readonly (readonly [string, number])[]) => sources.map(([path]) => path);

describe("the SDK in a browser", () => {
  it("takes at most 13 KiB to start with (the goal is 12), without the OpenTelemetry API", async () => {
    const { gzip } = await measureBundle({ withApi: false, inlined: false });
    expect(gzip).toBeLessThanOrEqual(13 * KIB);
  });

  it("takes at most 25 KiB with the exporter, the OpenTelemetry API and whatever else it loads later", async () => {
    const { gzip } = await measureBundle({ withApi: true, inlined: true });
    expect(gzip).toBeLessThanOrEqual(25 * KIB);
  });

  it("loads the exporter later", async () => {
    const isExporter = (path: string) => /\/mlflow-trace-exporter\.ts$/.test(path);
    const started = await measureBundle({ withApi: false, inlined: false });
    const whole = await measureBundle({ withApi: false, inlined: true });
    expect(paths(started.sources).filter(isExporter)).toEqual([]);
    expect(paths(whole.sources).filter(isExporter)).toHaveLength(1);
  });

  it("has nothing of Node.js, Databricks, Kubernetes, git or prices in it, also where nothing is split", async () => {
    const { code, sources } = await measureBundle({ withApi: true, inlined: true });
    expect(paths(sources).filter((path) => NODE_ONLY.test(path))).toEqual([]);
    expect(code).not.toContain("node:");
  });
});

describe("the SDK in Node.js", () => {
  it("has what browsers have not", async () => {
    const { code, sources } = await measureBundle({ platform: "node", withApi: true, inlined: true });
    const names = paths(sources).filter((path) => NODE_ONLY.test(path));
    for (const part of [
      "cost/prices",
      "platform/node/",
      "git-metadata",
      "kubernetes-auth",
      "databricks-auth",
      "signed-url",
    ]) {
      expect(
        names.some((path) => path.includes(part)),
        part,
      ).toBe(true);
    }
    expect(code).toContain("node:");
  });
});
