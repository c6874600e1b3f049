import type { MockReply } from "../contract";

/** A failure as the API reports it: `{type: "error", error: {type, message}, request_id}`. */
export interface ApiError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

export const invalidRequest = (message: string): ApiError => ({ status: 400, type: "invalid_request_error", message });
export const unauthenticated = (message: string): ApiError => ({ status: 401, type: "authentication_error", message });
export const notFound = (message: string): ApiError => ({ status: 404, type: "not_found_error", message });

export function errorReply(error: ApiError, requestId: string, delayMs: number): MockReply {
  const { type, message } = error;
  const body = { type: "error", error: { type, message }, request_id: requestId };
  const headers: Record<string, string> = { "content-type": "application/json", "request-id": requestId };
  if (error.retryAfter !== undefined) headers["retry-after"] = String(error.retryAfter);
  return { status: error.status, headers, chunks: [{ data: JSON.stringify(body), delayMs }] };
}
