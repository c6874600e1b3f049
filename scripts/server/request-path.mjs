// @ts-check

/** @param {string} segment */
function isHonest(segment) {
  if (segment === "." || segment === "..") return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what must not pass.
  return !/[/\\\u0000-\u001f\u007f]/.test(segment);
}

/**
 * The decoded path and the raw query of a request target.
 * @param {string | undefined} target e.g. `/a%20b/?q=1`
 * @returns {{ path: string, query: string } | undefined} undefined when it is malformed or tries to leave the site; `query` has its `?`
 */
export function parseTarget(target) {
  if (!target?.startsWith("/")) return undefined;
  const [raw = "", ...rest] = target.split("?");
  try {
    const segments = raw.split("/").map(decodeURIComponent);
    if (!segments.every(isHonest)) return undefined;
    return { path: segments.join("/"), query: rest.length === 0 ? "" : `?${rest.join("?")}` };
  } catch {
    return undefined;
  }
}

/**
 * A path as it goes into a `Location` header.
 * @param {string} path decoded, starts with a slash
 */
export function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}
