import { createHash } from "node:crypto";

/** The one definition of the headers that the site is served with, wherever it is served. */

export type Headers = Readonly<Record<string, string>>;

/**
 * What makes a page cross-origin isolated, which the Node.js engine needs: it shares memory between threads.
 * The development server sends these as well.
 */
export const ISOLATION_HEADERS: Headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** For files whose name changes with their content: they are never asked for again. */
export const IMMUTABLE = "public, max-age=31536000, immutable";

/** Features of the browser that no page here uses, nor any program that runs in one. */
const UNUSED_FEATURES = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
];

/**
 * The source expression that allows one inline script, e.g. `'sha256-4/2nIlfwIVTJ1+…'`.
 * @param script its text between the tags; line ends count as the HTML parser leaves them
 */
export function scriptHash(script: string): string {
  const text = script.replace(/\r\n?/g, "\n");
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

/**
 * The content security policy of every page. `blob:` is for the workers that run the reader's code: they inherit the policy of the
 * page, and so does the frame around them, which is why the frame's own script must be among the inline ones.
 *
 * @param inlineScripts the texts of all inline scripts that may run; no other does
 */
export function contentSecurityPolicy(inlineScripts: Iterable<string>): string {
  const hashes = [...new Set([...inlineScripts].map(scriptHash))].sort();
  return [
    "default-src 'self'",
    ["script-src 'self' blob:", ...hashes].join(" "),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join("; ");
}

/**
 * The headers of every response.
 * @param inlineScripts see `contentSecurityPolicy`
 */
export function siteHeaders(inlineScripts: Iterable<string>): Headers {
  return {
    ...ISOLATION_HEADERS,
    "Content-Security-Policy": contentSecurityPolicy(inlineScripts),
    "Permissions-Policy": UNUSED_FEATURES.map((feature) => `${feature}=()`).join(", "),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}

/**
 * Whether a file may be kept for ever: the bundler's, and those of the playground's bundles that carry a hash of their content.
 * @param path on the site, e.g. `/play/anthropic.3f9a1c2b.js`
 */
export function isImmutable(path: string): boolean {
  if (path.startsWith("/assets/")) return true;
  return path.startsWith("/play/") && /[.-](?:[0-9a-f]{8,64}|[0-9A-Z]{8})\.\w+(?:\.map)?$/.test(path);
}
