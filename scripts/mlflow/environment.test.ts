import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannotRun, ensureEnvironment, environmentFolder, lacksNetwork, wantedVersion } from "./environment.mjs";

describe("environmentFolder", () => {
  it("is one of the user's cache, a folder for each version", () => {
    expect(environmentFolder({ XDG_CACHE_HOME: "cache" }, "1.2.3")).toBe(join("cache", "tracebook", "mlflow-1.2.3"));
    expect(environmentFolder({}, "1.2.3")).toMatch(/\.cache.tracebook.mlflow-1\.2\.3$/);
    expect(environmentFolder({ XDG_CACHE_HOME: "" }, "1.2.3")).toBe(environmentFolder({}, "1.2.3"));
  });
  it("can be named", () => {
    expect(environmentFolder({ TRACEBOOK_MLFLOW_ENV: "mine", XDG_CACHE_HOME: "cache" })).toBe("mine");
  });
});

describe("wantedVersion", () => {
  it("is the pinned one", () => {
    expect(wantedVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(wantedVersion("# mlflow==1.0\nother==2\nmlflow==3.17.2\n")).toBe("3.17.2");
    expect(() => wantedVersion("mlflow>=3")).toThrow("does not pin");
  });
});

describe("lacksNetwork", () => {
  it.each([
    "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError('…')': /simple/mlflow/",
    "ERROR: Could not find a version that satisfies the requirement mlflow==3.17.2 (from versions: none)",
    "Temporary failure in name resolution",
  ])("holds for %j", (output) => expect(lacksNetwork(output)).toBe(true));
  it.each([
    "ERROR: Could not find a version that satisfies the requirement mlflow==3.17.2 (from versions: 1.0, 2.0)",
    "error: command 'gcc' failed",
    "OSError: [Errno 28] No space left on device",
    "",
  ])("does not hold for %j", (output) => expect(lacksNetwork(output)).toBe(false));
});

describe("ensureEnvironment", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "tracebook-env-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("says so when a Python makes no environments, and leaves nothing", async () => {
    const folder = join(root, "new");
    await expect(ensureEnvironment("no-such-python", folder)).rejects.toThrow(CannotRun);
    await expect(ensureEnvironment(process.execPath, folder)).rejects.toThrow("makes no virtual environment");
  });
});
