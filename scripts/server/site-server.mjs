// @ts-check
import { readFile, stat } from "node:fs/promises";
import { BodyCache } from "./body-cache.mjs";
import { chooseEncoding, compress } from "./encoding.mjs";
import { headersFor } from "./header-rules.mjs";
import { isCompressible, mediaType } from "./media-types.mjs";
import { encodePath, parseTarget } from "./request-path.mjs";
import { loadSite, route, siteStamp } from "./site.mjs";

/** @typedef {import("node:http").IncomingMessage} Request */
/** @typedef {import("node:http").ServerResponse} Response */
/** @typedef {{ status: number, headers: Record<string, string>, body?: Buffer }} Reply */

/** Bytes of bodies, compressed and not, that a server keeps in memory. */
const CACHE_BYTES = 64 * 1024 * 1024;

/** @param {number} status @param {string} text @param {Record<string, string>} [headers] @returns {Reply} */
function plain(status, text, headers = {}) {
  return {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
    body: Buffer.from(`${text}\n`),
  };
}

/**
 * Whether the client has this very version already.
 * @param {string | undefined} header `If-None-Match`
 * @param {string} etag
 */
export function isFresh(header, etag) {
  if (header === undefined) return false;
  const weak = (/** @type {string} */ tag) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => weak(tag) === weak(etag));
}

/**
 * The reply that carries a file, or says that the client has it.
 * @param {string} file
 * @param {200 | 404} status
 * @param {Request} request
 * @param {BodyCache} cache
 * @returns {Promise<Reply>}
 */
async function fileReply(file, status, request, cache) {
  const { size, mtimeMs } = await stat(file);
  const version = `${size.toString(16)}-${Math.round(mtimeMs).toString(16)}`;
  const type = mediaType(file);
  const compressible = isCompressible(type);
  const headers = {
    etag: `W/"${version}"`,
    "content-type": type,
    ...(compressible ? { vary: "Accept-Encoding" } : {}),
  };
  if (status === 200 && isFresh(request.headers["if-none-match"], headers.etag)) return { status: 304, headers };
  const accepted = request.headers["accept-encoding"];
  const encoding = compressible
    ? chooseEncoding(Array.isArray(accepted) ? accepted.join() : accepted, size)
    : "identity";
  const key = `${file} ${version}`;
  const body = await cache.get(`${key} ${encoding}`, async () =>
    compress(await cache.get(key, () => readFile(file)), encoding),
  );
  return { status, body, headers: encoding === "identity" ? headers : { ...headers, "content-encoding": encoding } };
}

/**
 * @param {import("./site.mjs").Site} site
 * @param {Request} request
 * @param {BodyCache} cache
 * @returns {Promise<Reply>}
 */
async function answer(site, request, cache) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return plain(405, "Only GET and HEAD are answered here.", { allow: "GET, HEAD" });
  }
  const target = parseTarget(request.url);
  if (target === undefined) return plain(400, "This address is malformed.");
  const found = route(site.files, target.path);
  if (found.kind === "missing") return plain(404, "There is nothing here.");
  if (found.kind === "redirect") return plain(301, "Moved.", { location: `${encodePath(found.to)}${target.query}` });
  return fileReply(found.file, found.status, request, cache);
}

/** @param {unknown} error @returns {Reply} */
function failure(error) {
  const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
  if (gone) return plain(404, "There is nothing here any more.");
  console.error(error);
  return plain(500, "The file could not be read.");
}

/**
 * Sends a reply with the headers that the site's rules give its path; a path without a rule for caching is asked for anew.
 * @param {Response} response @param {Request} request @param {Reply} reply @param {import("./site.mjs").Site} site
 */
function send(response, request, reply, site) {
  const path = parseTarget(request.url)?.path ?? "/";
  const headers = headersFor(site.rules, path);
  if (reply.status >= 400 || !headers.has("cache-control")) headers.set("cache-control", "no-cache");
  for (const [name, value] of Object.entries(reply.headers)) headers.set(name, value);
  if (reply.body) headers.set("content-length", String(reply.body.length));
  response.writeHead(reply.status, [...headers].flat());
  response.end(request.method === "HEAD" ? undefined : reply.body);
}

/**
 * Answers requests for a built site and picks up a new build by itself.
 * @param {string} build folder
 * @returns {(request: Request, response: Response) => Promise<void>} for `http.createServer`; never rejects
 * @throws {Error} when the build's `_headers` makes no sense
 */
export function createSiteHandler(build) {
  const cache = new BodyCache(CACHE_BYTES);
  let site = loadSite(build);
  const reply = async (/** @type {Request} */ request) => {
    if (siteStamp(build) !== site.stamp) site = loadSite(build);
    return answer(site, request, cache);
  };
  return async (request, response) => send(response, request, await reply(request).catch(failure), site);
}
