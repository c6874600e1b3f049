import { textToBase64 } from "../ids.js";
import { asNumber, asRecord, asText } from "../json/read.js";

/** A service principal that gets its tokens by OAuth. */
export interface ClientCredentials {
  /** URL of the token endpoint. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An answer of the token endpoint without a lifetime is good for this long. */
const DEFAULT_LIFETIME_S = 3600;
/** A token is replaced this long before it expires, or a tenth of its lifetime if that is shorter. */
const MARGIN_MS = 60_000;
const TIMEOUT_MS = 30_000;
const MAX_DETAIL = 300;

/**
 * Gets access tokens by OAuth's client credentials grant (scope `all-apis`). A token is kept until shortly before it expires;
 * any number of callers wait for one request; a failure is not kept.
 *
 * @param now milliseconds, from any origin
 * @returns a function that resolves to a token, and rejects with an `Error` that never holds the secret
 */
export function createTokenSource(
  credentials: ClientCredentials,
  now: () => number = () => performance.now(),
): () => Promise<string> {
  let token: { value: string; goodUntil: number } | undefined;
  let pending: Promise<string> | undefined;
  const refresh = async (): Promise<string> => {
    const asked = now();
    const { value, lifetimeMs } = await requestToken(credentials);
    token = { value, goodUntil: asked + lifetimeMs - Math.min(MARGIN_MS, lifetimeMs / 10) };
    return value;
  };
  return async () => {
    if (token && now() < token.goodUntil) return token.value;
    pending ??= refresh().finally(() => {
      pending = undefined;
    });
    return pending;
  };
}

async function requestToken(credentials: ClientCredentials): Promise<{ value: string; lifetimeMs: number }> {
  const { url, clientId, clientSecret } = credentials;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      Authorization: `Basic ${textToBase64(`${clientId}:${clientSecret}`)}`,
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials&scope=all-apis",
    // A redirect would carry the secret elsewhere.
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new Error(`The token endpoint ${url} did not answer`, { cause: error });
  });
  const answer = asRecord(await response.json().catch(() => undefined));
  const value = asText(answer.access_token);
  if (!response.ok || !value) throw refusal(url, response.status, answer, clientSecret);
  const seconds = asNumber(answer.expires_in);
  return { value, lifetimeMs: 1000 * (seconds !== undefined && seconds >= 0 ? seconds : DEFAULT_LIFETIME_S) };
}

function refusal(url: string, status: number, answer: Record<string, unknown>, secret: string): Error {
  const detail = [asText(answer.error), asText(answer.error_description)].filter(Boolean).join(": ");
  const shown = detail.replaceAll(secret, "***").slice(0, MAX_DETAIL);
  const problem = status >= 200 && status < 300 ? "answered without a token" : `refused with HTTP ${status}`;
  return new Error(`The token endpoint ${url} ${problem}${shown && ` - ${shown}`}`);
}
