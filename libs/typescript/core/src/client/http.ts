import { platform } from "#platform";
import type { HeadersProvider } from "../auth/auth-provider.js";
import { describeThrown } from "../entities/span-event.js";
import { parseJson, stringifyJson } from "../json/bigint-json.js";
import { MlflowConnectionError, MlflowHttpError } from "./http-error.js";

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;

/** One request to the tracking server. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  /** Sent as JSON with BigInts as integers. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly data?: string | Uint8Array<ArrayBuffer>;
  /** Headers on top of the provider's. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes that the answer may have; 256 MiB by default. */
  readonly maxBytes?: number;
  /** Gives the request up from outside. */
  readonly signal?: AbortSignal;
  /** Lets the request outlive its page; at most 64 KiB may be under way in this manner. */
  readonly keepalive?: boolean;
}

interface Answer {
  readonly response: Response;
  readonly text: string;
  /** Whether the answer was within the limit. */
  readonly whole: boolean;
}

/**
 * Sends a request and returns the text of the answer. Only GET follows redirects: others would turn into a GET, or take
 * what they carry to somebody else.
 *
 * @throws MlflowHttpError for a status other than 2xx
 * @throws MlflowConnectionError when there is no whole answer within the time of `MLFLOW_HTTP_REQUEST_TIMEOUT`
 *   (milliseconds; 30000 by default), or none at all
 * @throws Error when the answer is longer than `maxBytes`
 */
export async function requestText(request: HttpRequest, headers: HeadersProvider): Promise<string> {
  const { response, text, whole } = await answerInTime(request, headers);
  if (!response.ok) {
    const location = response.headers.get("location");
    const body = location ? `redirects to ${location}` : text;
    throw new MlflowHttpError(response.status, response.statusText, body, readRetryAfter(response.headers));
  }
  if (!whole) throw new Error(`API request failed: the answer of ${request.url} is too long`);
  return text;
}

/**
 * Like {@link requestText}, for an answer in JSON; an empty one reads as `{}`.
 *
 * @throws Error also when the answer is not JSON
 */
export async function requestJson(request: HttpRequest, headers: HeadersProvider): Promise<unknown> {
  const text = await requestText(request, headers);
  if (text.trim() === "") return {};
  try {
    return parseJson(text);
  } catch (error) {
    throw new Error(`API request failed: ${request.method} ${request.url}: the answer is not JSON`, { cause: error });
  }
}

async function answerInTime(request: HttpRequest, headers: HeadersProvider): Promise<Answer> {
  const timeoutMs = readTimeout();
  const abort = new AbortController();
  let stop = (_why: string) => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = (why) => {
      const reason = new MlflowConnectionError(why);
      reject(reason);
      abort.abort(reason);
    };
  });
  const timer = setTimeout(
    () => stop(`Request timeout: no answer from ${request.url} within ${timeoutMs} ms`),
    timeoutMs,
  );
  const giveUp = () => stop(`API request failed: ${request.method} ${request.url}: given up`);
  request.signal?.addEventListener("abort", giveUp);
  try {
    if (request.signal?.aborted) giveUp();
    // Raced as well as aborted: a fetch that ignores its signal must not hang a flush.
    return await Promise.race([stopped, exchange(request, headers, abort.signal)]);
  } catch (error) {
    if (error instanceof MlflowConnectionError) throw error;
    throw new MlflowConnectionError(`API request failed: ${request.method} ${request.url}: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", giveUp);
  }
}

async function exchange(request: HttpRequest, headers: HeadersProvider, signal: AbortSignal): Promise<Answer> {
  const { method, body, data = body === undefined ? undefined : stringifyJson(body), keepalive } = request;
  const init: RequestInit = { method, headers: mergeHeaders(await headers(), request.headers), signal };
  if (signal.aborted) throw signal.reason;
  if (data !== undefined) init.body = data;
  if (keepalive) init.keepalive = true;
  if (method !== "GET") init.redirect = "manual";
  const response = await globalThis.fetch(request.url, init);
  if (response.ok) return { response, ...(await readBody(response, request.maxBytes ?? DEFAULT_MAX_BYTES)) };
  // The body of a failed answer may itself be unreadable; its status matters more.
  const unreadable = { text: "", whole: false };
  return { response, ...(await readBody(response, MAX_ERROR_BYTES).catch(() => unreadable)) };
}

/** Names of headers do not depend on case: one given twice would be sent twice. */
function mergeHeaders(base: Record<string, string>, extra: HttpRequest["headers"]): Record<string, string> {
  if (!extra) return base;
  const names = new Set(Object.keys(extra).map((name) => name.toLowerCase()));
  const kept = Object.entries(base).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...extra };
}

async function readBody(response: Response, maxBytes: number): Promise<{ text: string; whole: boolean }> {
  const reader = response.body?.getReader();
  if (!reader) return { text: "", whole: true };
  const decoder = new TextDecoder();
  let text = "";
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), whole: true };
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
    if (bytes > maxBytes) {
      reader.cancel().catch(() => {});
      return { text, whole: false };
    }
  }
}

/** Node.js says only "fetch failed" and hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const { message } = describeThrown(error);
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  if (cause === undefined) return message;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, "code") : undefined;
  return `${message}: ${typeof code === "string" ? code : describeThrown(cause).message}`;
}

/** Seconds or a date, in milliseconds from now. */
function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function readTimeout(): number {
  const value = Number(platform.readEnvironment("MLFLOW_HTTP_REQUEST_TIMEOUT"));
  return Number.isInteger(value) && value > 0 ? value : DEFAULT_TIMEOUT_MS;
}
