import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readGitMetadata } from "./git-metadata.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "repository-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

const KEYS = {
  commit: "mlflow.source.git.commit",
  branch: "mlflow.source.git.branch",
  url: "mlflow.source.git.repoURL",
};
const git = (...args: string[]) => {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" }).trim();
};
/** What is read where git answers `text` for the repository's URL. */
const urlOf = async (text: string) =>
  (await readGitMetadata(folder, async (args) => (args[0] === "config" ? text : undefined)))[KEYS.url];

describe("readGitMetadata", () => {
  it("reads a repository", async () => {
    git("init", "-q", "-b", "trunk");
    git("commit", "-q", "--allow-empty", "-m", "first");
    git("remote", "add", "origin", "https://user:secret@git.example/team/app.git");
    expect(await readGitMetadata(folder)).toEqual({
      [KEYS.commit]: git("rev-parse", "HEAD"),
      [KEYS.branch]: "trunk",
      [KEYS.url]: "https://git.example/team/app.git",
    });
    git("checkout", "-q", "--detach");
    expect(await readGitMetadata(folder)).not.toHaveProperty([KEYS.branch]);
  });

  it("leaves out what git cannot tell", async () => {
    expect(await readGitMetadata(folder)).toEqual({});
    expect(await readGitMetadata(join(folder, "gone"))).toEqual({});
    git("init", "-q");
    expect(await readGitMetadata(folder)).toEqual({});
    vi.stubEnv("PATH", folder);
    expect(await readGitMetadata(folder)).toEqual({});
  });

  it("asks nothing when it is told not to", async () => {
    const run = vi.fn(async () => "x");
    for (const value of ["1", "true", "TRUE"]) {
      vi.stubEnv("MLFLOW_DISABLE_GIT_METADATA", value);
      expect(await readGitMetadata(folder, run)).toEqual({});
    }
    expect(run).not.toHaveBeenCalled();
    vi.stubEnv("MLFLOW_DISABLE_GIT_METADATA", "false");
    expect(await readGitMetadata(folder, run)).toHaveProperty([KEYS.commit], "x");
  });

  it.each([
    ["https://git.example/a.git", "https://git.example/a.git"],
    ["https://token@git.example/a", "https://git.example/a"],
    ["http://user:pa%40ss@git.example:8080/a", "http://git.example:8080/a"],
    ["https://git.example/a?token=secret#x", "https://git.example/a"],
    ["ssh://git@git.example/a", "ssh://git@git.example/a"],
    ["ssh://git:secret@git.example/a", "ssh://git@git.example/a"],
    ["git@git.example:team/a.git", "git@git.example:team/a.git"],
    ["../relative", "../relative"],
    ["https://user:se#cret@git.example/a", undefined],
    ["https://user:secret@", undefined],
    ["one\ntwo", undefined],
    ["  ", undefined],
  ])("reads the URL %j as %j", async (text, expected) => {
    expect(await urlOf(text)).toBe(expected);
  });

  it("cuts what the server would cut", async () => {
    expect(await urlOf(`git@x:${"a".repeat(1000)}`)).toHaveLength(250);
  });

  it("never rejects", async () => {
    const broken = () => Promise.reject(new Error("no"));
    expect(await readGitMetadata(folder, broken)).toEqual({});
  });
});
