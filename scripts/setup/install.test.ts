import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { missingPackages, neededInstallation, npmCommand } from "./install.mjs";

const react = { version: "19.3.1" };

describe("missingPackages", () => {
  const wanted = { packages: { "": {}, "node_modules/react": react, "libs/core": { version: "1.0.0" } } };

  it("is content when every package is there in its version", () => {
    expect(missingPackages(wanted, { packages: { "node_modules/react": react } })).toEqual([]);
  });

  it("notices a package that is absent or in another version", () => {
    expect(missingPackages(wanted, {})).toEqual(["node_modules/react"]);
    expect(missingPackages(wanted, { packages: { "node_modules/react": { version: "18.0.0" } } })).toEqual([
      "node_modules/react",
    ]);
  });

  it("notices a nested package and a new workspace link", () => {
    const lock = { packages: { "node_modules/a/node_modules/b": react, "node_modules/mlflow-x": { link: true } } };
    expect(missingPackages(lock, { packages: {} })).toHaveLength(2);
  });

  it("does not ask for packages of other platforms", () => {
    expect(
      missingPackages({ packages: { "node_modules/fsevents": { version: "2.3.3", optional: true } } }, {}),
    ).toEqual([]);
  });
});

describe("neededInstallation", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "install-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const lock = (path: string, packages: object) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify({ packages }));
  };

  it("is npm ci on a fresh clone", () => {
    lock("package-lock.json", { "node_modules/react": react });
    expect(neededInstallation(root)?.npm).toEqual(["ci"]);
  });

  it("is npm install without a lock file", () => {
    expect(neededInstallation(root)?.npm).toEqual(["install"]);
  });

  it("is nothing when all is installed", () => {
    lock("package-lock.json", { "node_modules/react": react });
    lock("node_modules/.package-lock.json", { "node_modules/react": react });
    expect(neededInstallation(root)).toBeUndefined();
  });

  it("is npm install, which keeps the rest, when a package changed, and says which", () => {
    lock("package-lock.json", { "node_modules/react": react });
    lock("node_modules/.package-lock.json", {});
    expect(neededInstallation(root)).toMatchObject({
      npm: ["install"],
      reason: expect.stringContaining("node_modules/react"),
    });
  });

  it("installs anew when npm was interrupted", () => {
    lock("package-lock.json", { "node_modules/react": react });
    mkdirSync(join(root, "node_modules"));
    writeFileSync(join(root, "node_modules", ".package-lock.json"), '{"packages": {"node_mod');
    expect(neededInstallation(root)?.npm).toEqual(["ci"]);
  });
});

describe("npmCommand", () => {
  it("uses a shell on Windows only, where npm is a batch file", () => {
    expect(npmCommand({}, "win32")).toEqual({ command: "npm", args: [], shell: true });
    expect(npmCommand({}, "linux")).toEqual({ command: "npm", args: [], shell: false });
  });

  it("does not mistake another package manager for npm", () => {
    expect(npmCommand({ npm_execpath: "/usr/lib/yarn/bin/yarn.js" }, "linux").command).toBe("npm");
  });
});
