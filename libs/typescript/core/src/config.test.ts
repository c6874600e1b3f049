import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type InitOptions, resolveConfig } from "./config.js";

const good = { trackingUri: "http://localhost:5000", experimentId: "1" };

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/^(MLFLOW|DATABRICKS)_/.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv("DATABRICKS_CONFIG_FILE", "no-such-file");
});
afterEach(() => vi.unstubAllEnvs());

describe("resolveConfig", () => {
  it("keeps every option", () => {
    expect(resolveConfig({ ...good, workspace: "w" })).toEqual({ ...good, workspace: "w" });
    const databricks = { trackingUri: "databricks", experimentId: "1", host: "x.example", databricksToken: "t" };
    expect(resolveConfig(databricks)).toEqual(databricks);
  });

  it("takes what is undefined from the environment, but not what is empty", () => {
    vi.stubEnv("MLFLOW_TRACKING_URI", "https://env.example");
    vi.stubEnv("MLFLOW_EXPERIMENT_ID", "7");
    expect(resolveConfig({})).toMatchObject({ trackingUri: "https://env.example", experimentId: "7" });
    expect(resolveConfig({ experimentId: "1" }).experimentId).toBe("1");
    expect(() => resolveConfig({ trackingUri: "" })).toThrow("trackingUri is missing");
    expect(() => resolveConfig({ experimentId: "" })).toThrow("experimentId is missing");
  });

  it.each<[string, unknown, RegExp]>([
    ["nothing", {}, /^trackingUri is missing: .*MLFLOW_TRACKING_URI/],
    ["no experiment", { trackingUri: good.trackingUri }, /^experimentId is missing: .*MLFLOW_EXPERIMENT_ID/],
    ["no experiment and a wrong URI", { trackingUri: 5 }, /^experimentId is missing/],
    ["a URI of another type", { ...good, trackingUri: 5 }, /trackingUri must be a string/],
    ["an experiment of another type", { ...good, experimentId: 5 }, /experimentId must be a string/],
    ["both of another type", { trackingUri: [], experimentId: 5 }, /trackingUri must be a string/],
    ["no URL", { ...good, trackingUri: "localhost:5000" }, /Invalid trackingUri: 'localhost:5000'/],
    ["a file", { ...good, trackingUri: "file:///mlruns" }, /Invalid trackingUri: 'file:/],
    ["another Databricks", { ...good, trackingUri: "databricks-uc" }, /Invalid trackingUri: 'databricks-uc'/],
  ])("refuses %s", (_case, options, message) => {
    expect(() => resolveConfig(options as InitOptions)).toThrow(message);
  });
});
