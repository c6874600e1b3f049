import { MlflowHttpError } from "../client/http-error.js";

/**
 * Whether the server has no OTLP in JSON at all: 501 (file store), 404 or 405 that is not MLflow's own (older servers; an
 * unknown experiment has an error code), or another content type wanted.
 */
export function isOtlpMissing(error: unknown): boolean {
  if (!(error instanceof MlflowHttpError)) return false;
  const { status, errorCode, body } = error;
  if (status === 501 || status === 415) return true;
  if (status === 404 || status === 405) return errorCode === undefined;
  return status === 400 && /content-type/i.test(body);
}

/** Whether the server refused the spans as such; one bad one among them is enough. */
export function isRefusal(error: unknown): error is MlflowHttpError {
  if (!(error instanceof MlflowHttpError) || isOtlpMissing(error)) return false;
  return error.status === 422 || (error.status === 400 && error.errorCode === undefined);
}
