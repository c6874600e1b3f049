import { randomBytes } from "node:crypto";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { chooseEncoding, compress } from "./encoding.mjs";
import { isCompressible, mediaType } from "./media-types.mjs";

describe("chooseEncoding", () => {
  const cases: [header: string | undefined, encoding: string][] = [
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, deflate", "gzip"],
    ["br;q=0.5, gzip", "gzip"],
    ["br; q=0, gzip;q=0.1", "gzip"],
    ["br;q=0, gzip;q=0", "identity"],
    ["*", "br"],
    ["*;q=0", "identity"],
    ["br;q=0, *", "gzip"],
    ["BR", "br"],
    ["br;q=oops", "identity"],
    ["abracadabra", "identity"],
    ["", "identity"],
    [undefined, "identity"],
  ];
  it.each(cases)("%s → %s", (header, encoding) => expect(chooseEncoding(header, 100_000)).toBe(encoding));

  it("leaves small bodies alone", () => expect(chooseEncoding("br", 500)).toBe("identity"));
});

describe("compress", () => {
  it.each([0, 10, 200_000, 1_500_000])("gives %i bytes back", async (size) => {
    const body = randomBytes(size);
    expect(brotliDecompressSync(await compress(body, "br")).equals(body)).toBe(true);
    expect(gunzipSync(await compress(body, "gzip")).equals(body)).toBe(true);
    expect(await compress(body, "identity")).toBe(body);
  });
});

describe("mediaType", () => {
  it("knows what browsers insist on", () => {
    expect(mediaType("/a/b.js")).toBe("text/javascript; charset=utf-8");
    expect(mediaType("/a/B.WASM")).toBe("application/wasm");
    expect(mediaType("/a/b.css")).toBe("text/css; charset=utf-8");
    expect(mediaType("/a/b")).toBe("application/octet-stream");
  });

  it("compresses text and nothing that is compressed already", () => {
    expect(
      ["a.html", "a.js", "a.json", "a.svg", "a.wasm", "a.xml", "a.ttf"].every((name) =>
        isCompressible(mediaType(name)),
      ),
    ).toBe(true);
    expect(["a.png", "a.woff2", "a.zip", "a.webp", "a"].some((name) => isCompressible(mediaType(name)))).toBe(false);
  });
});
