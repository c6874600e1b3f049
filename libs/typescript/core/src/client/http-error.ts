import { asRecord, asText } from "../json/read.js";

const MAX_BODY_IN_MESSAGE = 1000;

/**
 * An answer of the tracking server with a status other than 2xx.
 *
 * @example
 * try {
 *   await client.getTrace(traceId);
 * } catch (error) {
 *   if (!(error instanceof MlflowHttpError)) throw error;
 *   console.error(error.status, error.errorCode); // 404 RESOURCE_DOES_NOT_EXIST
 * }
 */
export class MlflowHttpError extends Error {
  override readonly name = "MlflowHttpError";
  readonly status: number;
  readonly statusText: string;
  /** As it came: JSON, HTML or plain text; long ones are cut. */
  readonly body: string;
  /** MLflow's error code, e.g. `RESOURCE_DOES_NOT_EXIST`, when the body is JSON that has one. */
  readonly errorCode: string | undefined;
  /** Milliseconds to wait before the next try, when the server named a time. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, statusText: string, body: string, retryAfterMs?: number) {
    super(`HTTP ${status}: ${statusText}${body === "" ? "" : ` - ${cut(body)}`}`);
    this.status = status;
    this.statusText = statusText;
    this.body = body;
    this.errorCode = readErrorCode(body);
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * No whole answer came: the network failed, the connection broke, or the time was up.
 *
 * @example
 * try {
 *   await client.searchExperiments();
 * } catch (error) {
 *   if (!(error instanceof MlflowConnectionError)) throw error;
 *   console.error(`Is the tracking server running? ${error.message}`);
 * }
 */
export class MlflowConnectionError extends Error {
  override readonly name = "MlflowConnectionError";
}

function cut(body: string): string {
  return body.length > MAX_BODY_IN_MESSAGE ? `${body.slice(0, MAX_BODY_IN_MESSAGE)}... (truncated)` : body;
}

function readErrorCode(body: string): string | undefined {
  try {
    return asText(asRecord(JSON.parse(body)).error_code);
  } catch {
    return undefined;
  }
}
