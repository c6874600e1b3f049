import type { HeadersProvider } from "../auth/auth-provider.js";
import { type HttpRequest, requestJson } from "./http.js";
import { MlflowHttpError } from "./http-error.js";

/** How requests reach a tracking server. */
export interface Connection {
  /** URL of the server without a slash at its end; it may have a path prefix. */
  readonly base: string;
  readonly headers: HeadersProvider;
}

/** Where an id becomes a part of a path, or may not be empty for another reason. */
export function requireText(id: string, name: string): string {
  if (typeof id === "string" && id !== "") return id;
  throw new TypeError(`${name} must be a string that is not empty.`);
}

/** The answer of the server, parsed; integers beyond 2^53 are BigInts. `path` is what follows the base URL. */
export function request(
  { base, headers }: Connection,
  method: HttpRequest["method"],
  path: string,
  body?: unknown,
): Promise<unknown> {
  return requestJson({ method, url: base + path, body }, headers);
}

/** Whether the server said that there is no such thing, or no such route. */
export function isNotFound(error: unknown): error is MlflowHttpError {
  return error instanceof MlflowHttpError && (error.status === 404 || error.errorCode === "RESOURCE_DOES_NOT_EXIST");
}

/**
 * Waits for an answer, and says what to do when the server refuses.
 *
 * @param hint a sentence to add to the message of the error, or `undefined` to leave it
 */
export async function explained<T>(
  answer: Promise<T>,
  hint: (error: MlflowHttpError) => string | undefined,
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const sentence = error instanceof MlflowHttpError ? hint(error) : undefined;
    if (error instanceof Error && sentence !== undefined) error.message += `\n${sentence}`;
    throw error;
  }
}
