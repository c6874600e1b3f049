import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createSiteHandler } from "./site-server.mjs";

const LONG = "const a = 1;\n".repeat(500);
let outside = "";
let folder = "";
let server: Server;
let port = 0;

function write(path: string, text: string) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** A request whose path is sent just as given; no client tidies it up. */
function ask(
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
      });
    });
    sent.on("error", reject).end();
  });
}

/** A request line that no HTTP client would send. */
function askRaw(line: string) {
  return new Promise<string>((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`));
    socket.on("data", (part) => {
      text += part;
    });
    socket.on("end", () => resolve(text)).on("error", reject);
  });
}

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), "site-"));
  folder = join(outside, "build");
  write("../secret-beside.txt", "secret");
  write("index.html", "<h1>home</h1>");
  write("404.html", "<h1>missing</h1>");
  write("guide/index.html", "<h1>guide</h1>");
  write("flat.html", "<h1>flat</h1>");
  write("größe & more/index.html", "<h1>umlaut</h1>");
  write("assets/js/main.abc123.js", LONG);
  write(".fingerprint", "secret");
  write(".git/config", "secret");
  symlinkSync(join(folder, "..", "secret-beside.txt"), join(folder, "link.txt"));
  write("_headers", "/*\n  X-Policy: strict\n/assets/*\n  Cache-Control: public, immutable\n");
  server = createServer(createSiteHandler(folder));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(outside, { recursive: true });
});

describe("pages", () => {
  it("serves a folder's page and sends its other names there, with the query", async () => {
    expect((await ask("/guide/")).body.toString()).toBe("<h1>guide</h1>");
    expect(await ask("/guide?q=1")).toMatchObject({ status: 301, headers: { location: "/guide/?q=1" } });
    expect(await ask("/guide/index.html")).toMatchObject({ status: 301, headers: { location: "/guide/" } });
  });

  it("serves a flat page without its extension", async () => {
    expect((await ask("/flat")).body.toString()).toBe("<h1>flat</h1>");
    expect(await ask("/flat/")).toMatchObject({ status: 301, headers: { location: "/flat" } });
  });

  it("reads and writes encoded paths", async () => {
    const encoded = `/${encodeURIComponent("größe & more")}`;
    expect((await ask(`${encoded}/`)).body.toString()).toBe("<h1>umlaut</h1>");
    expect((await ask(encoded)).headers.location).toBe(`${encoded}/`);
  });

  it("serves 404.html with status 404, asked for anew each time", async () => {
    for (const path of ["/nothing", "/nothing/", "/assets/js/gone.js"]) {
      const { status, headers, body } = await ask(path, { headers: { "if-none-match": "*" } });
      expect([status, body.toString(), headers["cache-control"]]).toEqual([404, "<h1>missing</h1>", "no-cache"]);
    }
  });
});

describe("what is never served", () => {
  const paths = [
    "/../secret-beside.txt",
    "/guide/../../secret-beside.txt",
    "/%2e%2e/secret-beside.txt",
    "/..%2fsecret-beside.txt",
    "/%2e%2e%2fsecret-beside.txt",
    "/..\\secret-beside.txt",
    "/..%5csecret-beside.txt",
    "/%252e%252e/secret-beside.txt",
    "/link.txt",
    "/.fingerprint",
    "/.git/config",
    "/_headers",
    "/%5fheaders",
    "//_headers",
    "/guide//index.html",
    "/index.html%00.txt",
    "/C:/secret-beside.txt",
    "/__proto__",
    "/constructor",
  ];
  it.each(paths)("%s", async (path) => {
    const { status, body } = await ask(path);
    expect([400, 404]).toContain(status);
    expect(body.toString()).not.toMatch(/secret|X-Policy/);
  });

  it("redirects to no other site", async () => {
    for (const path of ["//guide", "//evil.example/guide", "/\\guide", "/%2f%2fevil.example"]) {
      expect((await ask(path)).headers.location).toBeUndefined();
    }
  });

  it.each(["/%", "/%zz", "/%c3%28", "/a%0d%0aSet-Cookie:x"])("%s is malformed", async (path) => {
    expect((await ask(path)).status).toBe(400);
  });

  it("refuses targets that are no path, and goes on living", async () => {
    expect(await askRaw("GET http://evil.example/ HTTP/1.1")).toMatch(/^HTTP\/1.1 400 /);
    expect(await askRaw("OPTIONS * HTTP/1.1")).toMatch(/^HTTP\/1.1 405 /);
    expect(await askRaw("nonsense")).toMatch(/^HTTP\/1.1 400 /);
    expect((await ask("/")).status).toBe(200);
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS"])("answers no %s", async (method) => {
    expect(await ask("/", { method })).toMatchObject({
      status: 405,
      headers: { allow: "GET, HEAD", "x-policy": "strict" },
    });
  });
});

describe("caching and compression", () => {
  const asset = "/assets/js/main.abc123.js";

  it("gives every answer the headers of the rules", async () => {
    for (const path of ["/", "/guide", "/nothing", asset]) expect((await ask(path)).headers["x-policy"]).toBe("strict");
  });

  it("keeps assets for ever and asks for pages anew", async () => {
    expect((await ask(asset)).headers["cache-control"]).toBe("public, immutable");
    expect((await ask("/guide/")).headers["cache-control"]).toBe("no-cache");
  });

  it("compresses as the client likes, and says that it depends", async () => {
    const { headers, body } = await ask(asset, { headers: { "accept-encoding": "gzip, br" } });
    expect(headers).toMatchObject({
      "content-encoding": "br",
      vary: "Accept-Encoding",
      "content-length": String(body.length),
    });
    expect(brotliDecompressSync(body).toString()).toBe(LONG);
    expect((await ask(asset)).headers["content-encoding"]).toBeUndefined();
  });

  it("answers HEAD like GET, without the body", async () => {
    const options = { headers: { "accept-encoding": "br" } };
    const get = await ask(asset, options);
    const head = await ask(asset, { ...options, method: "HEAD" });
    expect(head.body.length).toBe(0);
    const { date: _a, ...expected } = get.headers;
    const { date: _b, ...actual } = head.headers;
    expect(actual).toEqual(expected);
  });

  it("sends nothing that the client has", async () => {
    const etag = String((await ask(asset)).headers.etag);
    for (const header of [etag, etag.slice(2), `"x", ${etag}`, "*"]) {
      const { status, body, headers } = await ask(asset, { headers: { "if-none-match": header } });
      expect([status, body.length, headers.etag]).toEqual([304, 0, etag]);
    }
    expect((await ask(asset, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });
});

it("outlives clients that hang up before, while and after they are answered", async () => {
  const hangUp = (sent: string, answered: boolean) =>
    new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write(sent);
        if (!answered) socket.destroy();
      });
      socket.on("data", () => socket.resetAndDestroy());
      socket.on("close", () => resolve()).on("error", () => undefined);
    });
  const whole = "GET /assets/js/main.abc123.js HTTP/1.1\r\nHost: x\r\n\r\n";
  const clients = Array.from({ length: 150 }, (_, index) => {
    if (index % 3 === 0) return hangUp("GET /assets/js/ma", false);
    return hangUp(whole.repeat(20), index % 3 === 1);
  });
  await Promise.all(clients);
  expect((await ask("/")).status).toBe(200);
});

it("picks up a new build, its headers included, and outlives one that is under way or broken", async () => {
  const rebuild = (rules: string, seconds: number) => {
    write("_headers", rules);
    utimesSync(join(folder, "_headers"), seconds, seconds);
  };
  write("new/index.html", "<h1>new</h1>");
  expect((await ask("/new/")).status).toBe(404);
  rebuild("/*\n  X-Policy: newer\n", 2000);
  expect(await ask("/new/")).toMatchObject({ status: 200, headers: { "x-policy": "newer" } });
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  rebuild("nonsense", 3000);
  expect((await ask("/new/")).status).toBe(500);
  expect(String(error.mock.lastCall)).toContain("_headers, line 1");
  error.mockRestore();
  rmSync(join(folder, "_headers"));
  expect((await ask("/new/")).status).toBe(404);
  rebuild("/*\n  X-Policy: strict\n", 4000);
  expect((await ask("/new/")).status).toBe(200);
  rmSync(join(folder, "new/index.html"));
  expect((await ask("/new/")).status).toBe(404);
});
