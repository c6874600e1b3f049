import { describe, expect, it } from "vitest";
import { ensureBrowser, findBrowser, installedCandidates, NO_BROWSER } from "./browser.mjs";

type Machine = NonNullable<Parameters<typeof ensureBrowser>[0]>;

/** A machine on which only `browsers` start; `after` names what a command brings along. */
function machine(browsers: string[], change: Partial<Machine> = {}, after: Record<string, string> = {}) {
  const present = new Set(browsers);
  const commands: string[] = [];
  const lines: string[] = [];
  const fake: Machine = {
    platform: "linux",
    env: { PATH: "/usr/local/bin:/usr/bin" },
    home: "/home/reader",
    isRoot: false,
    works: (path: string) => present.has(path),
    exists: (path: string) => present.has(path) || path === "/usr/bin/apt-get",
    playwrightBrowser: async () => "/playwright/chrome",
    run: async (command: string, args: string[]) => {
      const line = [command === process.execPath ? "node" : command, ...args].join(" ");
      commands.push(line);
      const brought = Object.entries(after).find(([part]) => line.includes(part))?.[1];
      if (brought) present.add(brought);
      return brought !== undefined;
    },
    log: (line: string) => lines.push(line),
    ...change,
  };
  return { fake, commands, lines };
}

describe("findBrowser", () => {
  it("prefers CHROMIUM_PATH to everything", async () => {
    const { fake } = machine(["/mine", "/usr/bin/chromium"], { env: { CHROMIUM_PATH: "/mine", PATH: "/usr/bin" } });
    expect(await findBrowser(fake)).toBe("/mine");
  });

  it("says so when CHROMIUM_PATH does not start, and goes on", async () => {
    const { fake, lines } = machine(["/usr/bin/chromium"], { env: { CHROMIUM_PATH: "/gone", PATH: "/usr/bin" } });
    expect(await findBrowser(fake)).toBe("/usr/bin/chromium");
    expect(lines.join()).toContain("/gone");
  });

  it("prefers Chromium to Chrome, and either to Playwright's own", async () => {
    expect(await findBrowser(machine(["/usr/bin/google-chrome", "/usr/bin/chromium"]).fake)).toBe("/usr/bin/chromium");
    expect(await findBrowser(machine(["/usr/bin/google-chrome-stable", "/playwright/chrome"]).fake)).toBe(
      "/usr/bin/google-chrome-stable",
    );
    expect(await findBrowser(machine(["/playwright/chrome"]).fake)).toBe("/playwright/chrome");
  });

  it("passes over a program that is there but does not start", async () => {
    const { fake } = machine(["/playwright/chrome"], { exists: () => true });
    expect(await findBrowser(fake)).toBe("/playwright/chrome");
  });

  it("finds nothing on an empty machine, and installs nothing", async () => {
    const { fake, commands } = machine([]);
    expect(await findBrowser(fake)).toBeUndefined();
    expect(commands).toEqual([]);
  });
});

describe("installedCandidates", () => {
  it("looks into the applications on macOS, the user's own included", () => {
    const { fake } = machine([], { platform: "darwin" });
    expect(installedCandidates(fake)).toContain("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    expect(installedCandidates(fake)).toContain("/home/reader/Applications/Chromium.app/Contents/MacOS/Chromium");
  });

  it("looks into the program folders on Windows", () => {
    const { fake } = machine([], { platform: "win32", env: { PROGRAMFILES: "C:\\Program Files" } });
    expect(installedCandidates(fake)).toContain("C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");
    expect(installedCandidates(fake).every((path: string) => path.startsWith("C:\\"))).toBe(true);
  });
});

describe("ensureBrowser", () => {
  it("installs nothing when there is a browser", async () => {
    const { fake, commands } = machine(["/usr/bin/chromium"]);
    expect(await ensureBrowser(fake)).toBe("/usr/bin/chromium");
    expect(commands).toEqual([]);
  });

  it("lets Playwright install one first", async () => {
    const { fake, commands } = machine([], { isRoot: true }, { "install chromium": "/playwright/chrome" });
    expect(await ensureBrowser(fake)).toBe("/playwright/chrome");
    expect(commands).toHaveLength(1);
  });

  it("falls back to apt for root", async () => {
    const { fake, commands } = machine([], { isRoot: true }, { "apt-get install": "/usr/bin/chromium" });
    expect(await ensureBrowser(fake)).toBe("/usr/bin/chromium");
    expect(commands.map((line) => line.split(" ")[0])).toEqual(["node", "apt-get", "apt-get"]);
  });

  it("never calls apt for anybody else, and says what helps", async () => {
    const { fake, commands } = machine([]);
    await expect(ensureBrowser(fake)).rejects.toThrow(NO_BROWSER);
    expect(commands.join()).not.toContain("apt-get");
  });
});
