import { describe, expect, it, vi } from "vitest";
import { createRegistry } from "./registry";

describe("registry", () => {
  it("runs a module once, on its first require", () => {
    const registry = createRegistry();
    const factory = vi.fn((_require, module) => {
      module.exports = { count: factory.mock.calls.length };
    });
    registry.define("a", factory);
    expect(factory).not.toHaveBeenCalled();
    expect(registry.require("a")).toBe(registry.require("a"));
    expect(factory).toHaveBeenCalledTimes(1);
  });

  it("gives both of two modules that require each other what is there so far, as Node.js does", () => {
    const registry = createRegistry();
    registry.define("a", (require, module) => {
      Object.assign(module.exports as object, { early: 1 });
      Object.assign(module.exports as object, { b: require("b") });
    });
    registry.define("b", (require, module) => {
      module.exports = { sawEarly: (require("a") as { early: number }).early };
    });
    expect(registry.require("a")).toEqual({ early: 1, b: { sawEarly: 1 } });
  });

  it.each([
    ["./weather", "agents/weather.ts"],
    ["./weather.js", "agents/weather.ts"],
    ["../weather", "weather.ts"],
    ["./tools", "agents/tools/index.ts"],
  ])("resolves %s against the file that asks", (request, path) => {
    const registry = createRegistry();
    registry.define(path, (_require, module) => {
      module.exports = path;
    });
    registry.define("agents/main.ts", (require, module) => {
      module.exports = require(request);
    });
    expect(registry.require("agents/main.ts")).toBe(path);
  });

  it("answers to the scoped names of the SDK", () => {
    const registry = createRegistry();
    registry.define("mlflow-tracing", (_require, module) => {
      module.exports = "sdk";
    });
    expect(registry.require("@mlflow/core")).toBe("sdk");
  });

  it("says what is available when a module is unknown, without its own parts", () => {
    const registry = createRegistry();
    for (const name of ["tslib", "service:anthropic", "mlflow-tracing"]) registry.define(name, () => {});
    expect(() => registry.require("lodash")).toThrow("Cannot find module 'lodash'. Available here: mlflow-tracing.");
  });

  it("tries a module again after it has thrown", () => {
    const registry = createRegistry();
    let tries = 0;
    registry.define("flaky", (_require, module) => {
      tries += 1;
      if (tries === 1) throw new Error("not yet");
      module.exports = "ready";
    });
    expect(() => registry.require("flaky")).toThrow("not yet");
    expect(registry.require("flaky")).toBe("ready");
  });

  it("preloads what can be loaded and tells listeners, early and late ones", () => {
    const registry = createRegistry();
    registry.define("good", (_require, module) => {
      module.exports = "ready";
    });
    registry.define("bad", () => {
      throw new Error("broken");
    });
    const seen: unknown[] = [];
    registry.whenLoaded("good", (exports) => seen.push(exports));
    registry.preload();
    registry.whenLoaded("good", (exports) => seen.push(exports));
    expect(seen).toEqual(["ready", "ready"]);
    expect(() => registry.require("bad")).toThrow("broken");
  });

  it("falls back to what the platform has", () => {
    const registry = createRegistry((name) => (name === "node:path" ? "path" : undefined));
    expect(registry.require("node:path")).toBe("path");
    expect(() => registry.require("node:fs")).toThrow("Cannot find module 'node:fs'");
  });
});
