import { request as httpRequest } from "node:http";
import { FRAME_SCRIPT } from "@tracebook/playground/sandbox";
import { inlineScripts } from "../../src/plugins/headers/inline-scripts";
import { IMMUTABLE, ISOLATION_HEADERS, isImmutable, scriptHash, siteHeaders } from "../../src/plugins/headers/policy";
import { readSiteFile, siteFiles, sitePages } from "../support/built-site";
import { expect, test, visit } from "../support/console-guard";

const builtPages = siteFiles().filter((path) => path.endsWith(".html"));
const builtScripts = builtPages.flatMap((path) => inlineScripts(readSiteFile(path)));

/** A request whose path is sent just as given, and what came back. */
function rawGet(baseURL: string | undefined, path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(String(baseURL));
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part) => {
        body += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject).end();
  });
}

test("every page has just the headers that the policy defines", async ({ request }) => {
  const expected = Object.entries(siteHeaders([FRAME_SCRIPT, ...builtScripts]));
  for (const path of [...sitePages(), "/robots.txt"]) {
    const headers = (await request.get(path)).headers();
    for (const [name, value] of expected) expect(headers[name.toLowerCase()], `${name} of ${path}`).toBe(value);
    expect(headers["cache-control"]).toBe("no-cache");
  }
});

test("an inline script that was altered after the build is not among the allowed ones", async ({ request }) => {
  const policy = String((await request.get("/")).headers()["content-security-policy"]);
  expect(builtScripts.length).toBeGreaterThan(0);
  for (const script of [FRAME_SCRIPT, ...builtScripts]) {
    expect(policy).toContain(scriptHash(script));
    expect(policy).not.toContain(scriptHash(`${script} `));
  }
});

test("an inline script that was altered on its way does not run", async ({ page, problems }) => {
  await page.route("**/", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script>/, "<script>window.planted=true;");
    await route.fulfill({ response, body });
  });
  await page.goto("/");
  expect(await page.evaluate(() => "planted" in window)).toBe(false);
  expect(problems.join()).toContain("policy: script-src");
  problems.length = 0;
});

test("a page is isolated, as the Node.js engine needs it", async ({ page }) => {
  await visit(page, "/");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test("the development server's headers are among the site's", () => {
  expect(siteHeaders([])).toMatchObject(ISOLATION_HEADERS);
});

test("files whose names change with their content are kept for ever, others are not", async ({ request }) => {
  const files = siteFiles().filter((path) => !path.endsWith(".html") && path !== "/_headers" && !path.startsWith("/."));
  expect(files.filter((path) => path.startsWith("/play/") && isImmutable(path)).length).toBeGreaterThan(0);
  for (const path of files) {
    const response = await request.head(encodeURI(path));
    expect(response.status(), path).toBe(200);
    expect(response.headers()["cache-control"], path).toBe(isImmutable(path) ? IMMUTABLE : "no-cache");
  }
});

test("text is compressed, and a second visit sends none of it", async ({ request }) => {
  const [script = ""] = siteFiles().filter((path) => /^\/assets\/js\/main\..*\.js$/.test(path));
  for (const encoding of ["br", "gzip"]) {
    const first = await request.get(script, { headers: { "accept-encoding": encoding } });
    expect(first.headers()).toMatchObject({ "content-encoding": encoding, vary: "Accept-Encoding" });
    expect(await first.text()).toBe(readSiteFile(script));
    expect(Number(first.headers()["content-length"])).toBeLessThan(readSiteFile(script).length / 2);
    const again = await request.get(script, { headers: { "if-none-match": String(first.headers().etag) } });
    expect([again.status(), (await again.body()).length]).toEqual([304, 0]);
  }
});

test("nothing outside the build is served, nor what is meant for hosts", async ({ baseURL }) => {
  const outside = ["/../package.json", "/%2e%2e/package.json", "/..%2fpackage.json", "/assets/../../package.json"];
  for (const path of [...outside, "/..%5cpackage.json", "/_headers", "/.fingerprint", "/%"]) {
    const { status, body } = await rawGet(baseURL, path);
    expect([400, 404], path).toContain(status);
    expect(body, path).not.toMatch(/"workspaces"|Content-Security-Policy|^[0-9a-f]{64}$/);
  }
});
