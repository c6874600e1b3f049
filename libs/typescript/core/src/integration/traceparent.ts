import type { LiveSpan } from "../entities/live-span.js";
import { isSpanContextValid } from "../otel/api.js";

const HEADER = "traceparent";

/** Request headers in the forms that provider clients take. */
export type HeadersLike =
  | Headers
  | readonly (readonly unknown[])[]
  | Readonly<Record<string, unknown>>
  | null
  | undefined;

/**
 * W3C's `traceparent` of a span; `undefined` for one that records nothing.
 *
 * @example traceparentOf(span) // "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
 */
export function traceparentOf(span: LiveSpan): string | undefined {
  const context = span._span.spanContext();
  return isSpanContextValid(context) ? `00-${context.traceId}-${context.spanId}-01` : undefined;
}

/**
 * Whether a span's context goes out with the requests to `url`. Unless somebody has decided (`wanted`): always, but from a web
 * page or worker only to its own origin, since a foreign one has to allow each header (CORS) and would refuse the request.
 *
 * @example sendsTraceparent("https://api.openai.com/v1", undefined) // true in Node.js, false in a web page of another origin
 */
export function sendsTraceparent(url: string | undefined, wanted: boolean | undefined): boolean {
  const { location } = globalThis as { location?: { href: string; origin: string } };
  return wanted ?? (!location || isSameOrigin(url, location));
}

function isSameOrigin(url: string | undefined, page: { href: string; origin: string }): boolean {
  try {
    return page.origin !== "null" && new URL(url ?? "", page.href).origin === page.origin;
  } catch {
    return false;
  }
}

/**
 * Headers with the `traceparent` of `span`, in the same form; those that have one already, be it `null`, stay as they are.
 *
 * @example await fetch(url, { ...init, headers: withTraceparent(new Headers(init.headers), span) as Headers });
 */
export function withTraceparent(headers: HeadersLike, span: LiveSpan): HeadersLike {
  const value = traceparentOf(span);
  if (value === undefined || hasTraceparent(headers)) return headers;
  if (isPairs(headers)) return [...headers, [HEADER, value]];
  if (!(headers instanceof Headers)) return { ...headers, [HEADER]: value };
  const copy = new Headers(headers);
  copy.set(HEADER, value);
  return copy;
}

/**
 * Whether headers have a `traceparent`, in any case; one that is `null` counts, as it says that none is wanted.
 *
 * @example hasTraceparent({ TraceParent: null }) // true
 */
export function hasTraceparent(headers: HeadersLike): boolean {
  if (!headers || typeof headers !== "object") return false;
  if (headers instanceof Headers) return headers.has(HEADER);
  const pairs = isPairs(headers) ? headers : Object.entries(headers);
  return pairs.some(([name, value]) => String(name).toLowerCase() === HEADER && value !== undefined);
}

function isPairs(headers: HeadersLike): headers is readonly (readonly unknown[])[] {
  return Array.isArray(headers);
}
