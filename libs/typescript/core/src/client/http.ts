import { platform } from "#platform";
import type { HeadersProvider } from "../auth/auth-provider.js";
import { describeThrown } from "../entities/span-event.js";
import { parseJson, stringifyJson } from "../json/bigint-json.js";
import { MlflowHttpError } from "./http-error.js";

const DEFAULT_TIMEOUT_MS = 30_000;

/** One request to the tracking server. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  /** Sent as JSON with BigInts as integers. */
  readonly body?: unknown;
}

/**
 * Sends a request and returns the text of the answer.
 *
 * @throws MlflowHttpError for a status other than 2xx
 * @throws Error when there is no answer within the time of `MLFLOW_HTTP_REQUEST_TIMEOUT` (milliseconds; 30000 by default),
 *   or none at all
 */
export async function requestText(request: HttpRequest, headers: HeadersProvider): Promise<string> {
  const timeoutMs = readTimeout();
  const abort = new AbortController();
  const late = new Error(`Request timeout: no answer from ${request.url} within ${timeoutMs} ms`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(late);
      abort.abort(late);
    }, timeoutMs);
  });
  try {
    // Raced as well as aborted: a fetch that ignores its signal must not hang a flush.
    return await Promise.race([exchange(request, headers, abort.signal), timeout]);
  } catch (error) {
    if (error instanceof MlflowHttpError || error === late) throw error;
    throw new Error(`API request failed: ${request.method} ${request.url}: ${describeThrown(error).message}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
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

async function exchange(
  { method, url, body }: HttpRequest,
  headers: HeadersProvider,
  signal: AbortSignal,
): Promise<string> {
  const init: RequestInit = { method, headers: await headers(), signal };
  if (body !== undefined) init.body = stringifyJson(body);
  const response = await globalThis.fetch(url, init);
  const text = await readBody(response);
  if (!response.ok) throw new MlflowHttpError(response.status, response.statusText, text);
  return text;
}

/** The body of a failed answer may itself be unreadable; its status matters more. */
async function readBody(response: Response): Promise<string> {
  if (response.ok) return response.text();
  return response.text().catch(() => "");
}

function readTimeout(): number {
  const value = Number(platform.readEnvironment("MLFLOW_HTTP_REQUEST_TIMEOUT"));
  return Number.isInteger(value) && value > 0 ? value : DEFAULT_TIMEOUT_MS;
}
