import { platform } from "#platform";
import type { HeadersProvider } from "../auth/auth-provider.js";
import { describeThrown } from "../entities/span-event.js";
import { MlflowConnectionError, MlflowHttpError } from "./http-error.js";

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Downloads a file that is no text.
 *
 * @throws MlflowHttpError for a status other than 2xx
 * @throws MlflowConnectionError when there is no whole answer within the time of `MLFLOW_HTTP_REQUEST_TIMEOUT`
 *   (milliseconds; 30000 by default), or none at all
 */
export async function downloadBytes(url: string, headers: HeadersProvider): Promise<Uint8Array> {
  const timeoutMs = readTimeout();
  const abort = new AbortController();
  const late = new MlflowConnectionError(`Request timeout: no answer from ${url} within ${timeoutMs} ms`);
  const timer = setTimeout(() => abort.abort(late), timeoutMs);
  try {
    const response = await globalThis.fetch(url, { headers: await headers(), signal: abort.signal });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    throw new MlflowHttpError(response.status, response.statusText, await response.text().catch(() => ""));
  } catch (error) {
    if (error instanceof MlflowHttpError || error === late) throw error;
    throw new MlflowConnectionError(`API request failed: GET ${url}: ${describeThrown(error).message}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function readTimeout(): number {
  const value = Number(platform.readEnvironment("MLFLOW_HTTP_REQUEST_TIMEOUT"));
  return Number.isInteger(value) && value > 0 ? value : DEFAULT_TIMEOUT_MS;
}
