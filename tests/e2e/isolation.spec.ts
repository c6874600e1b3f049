import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { openGuide, PlaygroundPage } from "../support/playground";

/** A server that counts whoever reaches it. */
function canary(): Promise<{ server: Server; url: string; hits: string[] }> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? "");
    response
      .writeHead(200, { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" })
      .end("self.reached = true");
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, hits });
    });
  });
}

/** Attempts to reach a server or the page, as statements; each may throw. */
const ROUTES: Readonly<Record<string, string>> = {
  fetch: `await fetch(url)`,
  "fetch of the prototype chain": `await (Object.getPrototypeOf(globalThis).fetch ?? fetch)(url)`,
  XMLHttpRequest: `const x = new XMLHttpRequest(); x.open("GET", url, false); x.send();`,
  WebSocket: `new WebSocket(url.replace("http", "ws"))`,
  EventSource: `new EventSource(url)`,
  importScripts: `(globalThis as any).importScripts(url)`,
  "dynamic import": `await new Function("u", "return import(u)")(url)`,
  "nested worker": `new Worker(url)`,
  "blob worker": `new Worker(URL.createObjectURL(new Blob(["fetch('" + url + "')"])))`,
  sendBeacon: `(navigator as any).sendBeacon(url, "x")`,
  FontFace: `await new (globalThis as any).FontFace("x", "url(" + url + ")").load()`,
  WebTransport: `new (globalThis as any).WebTransport(url.replace("http", "https"))`,
  caches: `await (globalThis as any).caches.open("x").then((c: any) => c.add(url))`,
  "the frame": `(globalThis as any).postMessage({ type: "ready" })`,
};

test("no request of a program reaches a server", async ({ page }) => {
  const { server, url, hits } = await canary();
  try {
    // The detector works: a request from outside the sandbox is counted.
    await fetch(`${url}control`);
    expect(hits).toEqual(["/control"]);

    await openGuide(page);
    const playground = new PlaygroundPage(page, "One message");
    const attempts = Object.entries(ROUTES).map(
      ([name, code]) =>
        `try { await (async () => { const url = base + ${JSON.stringify(name.replaceAll(" ", "-"))}; ${code} })(); console.log("went through", ${JSON.stringify(name)}); } catch (error) { console.log("refused", ${JSON.stringify(name)}); }`,
    );
    await playground.replaceCode(
      `const base = ${JSON.stringify(url)};\n${attempts.join("\n")}\nawait new Promise((resolve) => setTimeout(resolve, 300));\nconsole.log("tried", ${attempts.length});\n`,
    );
    await playground.run();
    await playground.tab("Console").click();
    await expect(playground.region.getByRole("log")).toContainText(`tried ${attempts.length}`);
    await page.waitForTimeout(300);
    expect(hits).toEqual(["/control"]);
  } finally {
    server.close();
  }
});

test("a refused request says which hosts there are", async ({ page }) => {
  await openGuide(page);
  const playground = new PlaygroundPage(page, "One message");
  await playground.replaceCode('await fetch("http://localhost:3000/");\n');
  expect(await playground.run()).toMatch(/No mocked service answers localhost:3000/);
  await playground.tab("Requests").click();
  await expect(playground.region.getByText("refused", { exact: true })).toBeVisible();
});

test("the page's document, storage and cookies are out of reach", async ({ page }) => {
  await openGuide(page);
  await page.evaluate(() => {
    localStorage.setItem("canary", "page-secret");
    // biome-ignore lint/suspicious/noDocumentCookie: the test needs a cookie that a program could read
    document.cookie = "canary=page-secret";
  });
  const playground = new PlaygroundPage(page, "One message");
  const reads = [
    "document",
    "window",
    "parent",
    "top",
    "opener",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "cookieStore",
  ];
  await playground.replaceCode(
    `const names = ${JSON.stringify(reads)};
for (const name of names) {
  let seen = "nothing";
  try {
    const value = (globalThis as any)[name];
    if (value !== undefined && value !== null) seen = typeof value + " " + String(JSON.stringify(value)).slice(0, 200);
    if (name === "indexedDB" && value) await new Promise((resolve, reject) => { const r = value.open("x"); r.onsuccess = resolve; r.onerror = () => reject(r.error); }).then(() => { seen = "opened"; }, () => { seen = "nothing"; });
    if (name === "cookieStore" && value) seen = String(JSON.stringify(await value.getAll()));
  } catch { seen = "nothing"; }
  console.log(name, seen);
}
console.log("origin", self.origin);
`,
  );
  await playground.run();
  await playground.tab("Console").click();
  const printed = (await playground.region.getByRole("log").textContent()) ?? "";
  expect(printed).not.toContain("page-secret");
  for (const name of ["document", "parent", "opener", "localStorage", "sessionStorage", "indexedDB"]) {
    expect(printed).toContain(`${name} nothing`);
  }
  expect(printed).toContain("origin null");
});

test("a program cannot forge messages or flood the page", async ({ page }) => {
  await openGuide(page);
  const playground = new PlaygroundPage(page, "One message");
  await playground.replaceCode(
    `for (let i = 0; i < 200_000; i++) console.log("x".repeat(100), i);
(globalThis as any).postMessage?.("forged");
console.log(typeof (globalThis as any).postMessage, typeof Worker, typeof BroadcastChannel);
`,
  );
  expect(await playground.run()).toMatch(/messages dropped/);
  await playground.button("Reset").click();
  expect(await playground.run()).toContain("1 span");
});
