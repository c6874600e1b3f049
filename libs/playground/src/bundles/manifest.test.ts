import { describe, expect, it } from "vitest";
import { type BundleManifest, bundleAssets, requirements } from "./manifest";

describe("requirements", () => {
  it("puts every module after what it requires and finds the mocked services", () => {
    const { modules, services } = requirements(["mlflow-anthropic", "@anthropic-ai/sdk"]);
    expect(modules).toEqual(["@opentelemetry/api", "mlflow-tracing", "mlflow-anthropic", "@anthropic-ai/sdk"]);
    expect(services).toEqual(["anthropic"]);
  });

  it("knows the scoped names, leaves out what is not bundled, and adds services that an example names", () => {
    const { modules, services } = requirements(["@mlflow/core", "left-pad", "./own"], ["anthropic"]);
    expect(modules).toEqual(["@opentelemetry/api", "mlflow-tracing"]);
    expect(services).toEqual(["anthropic"]);
  });
});

describe("bundleAssets", () => {
  it("lists the runtime first and leaves out what the manifest does not have", () => {
    const asset = (url: string) => ({ url, bytes: 1 });
    const manifest: BundleManifest = { runtime: asset("r"), modules: { a: asset("a") }, services: { s: asset("s") } };
    expect(bundleAssets(manifest, { modules: ["a", "b"], services: ["s"] }).map(({ url }) => url)).toEqual([
      "r",
      "a",
      "s",
    ]);
  });
});
