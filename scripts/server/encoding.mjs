// @ts-check
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** @typedef {"br" | "gzip" | "identity"} Encoding */

/** Smaller bodies than this are sent as they are: compressing them saves no packet. */
const SMALLEST_BYTES = 1024;

/**
 * How much a client wants an encoding, 0 to 1; 0 when it wants it not at all.
 * @param {Map<string, number>} accepted
 * @param {string} name
 */
function quality(accepted, name) {
  return accepted.get(name) ?? accepted.get("*") ?? 0;
}

/**
 * The encoding for a body: the client's best, Brotli when it likes several equally.
 * @param {string | undefined} header `Accept-Encoding`, e.g. `gzip;q=0.8, br`
 * @param {number} bytes size of the body as it is
 * @returns {Encoding}
 */
export function chooseEncoding(header, bytes) {
  if (bytes < SMALLEST_BYTES) return "identity";
  const accepted = new Map(
    (header ?? "").split(",").map((part) => {
      const [name = "", ...parameters] = part
        .toLowerCase()
        .split(";")
        .map((text) => text.trim());
      const q = parameters.find((parameter) => parameter.startsWith("q="));
      return /** @type {[string, number]} */ ([name, q === undefined ? 1 : Number(q.slice(2)) || 0]);
    }),
  );
  const [br, gz] = [quality(accepted, "br"), quality(accepted, "gzip")];
  if (br === 0 && gz === 0) return "identity";
  return br >= gz ? "br" : "gzip";
}

/**
 * Brotli's effort: small bodies get nearly all of it, megabytes little, so that nobody waits for long.
 * @param {number} bytes
 */
export function brotliQuality(bytes) {
  if (bytes <= 128 * 1024) return 9;
  return bytes <= 1024 * 1024 ? 6 : 4;
}

/**
 * Compresses a body on another thread.
 * @param {Buffer} body
 * @param {Encoding} encoding
 * @returns {Promise<Buffer>}
 */
export async function compress(body, encoding) {
  if (encoding === "identity") return body;
  if (encoding === "gzip") return promisify(gzip)(body, { level: 6 });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality(body.length),
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  return promisify(brotliCompress)(body, { params });
}
