/** The parts of a failure that the API reports as `{error: {message, type, param, code}}`. */
export interface ErrorParts {
  readonly status: number;
  readonly message: string;
  readonly type?: string;
  readonly param?: string | null;
  readonly code?: string | null;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

/** A refusal. Thrown anywhere while a request is looked at; the service turns it into a reply. */
export class ApiError extends Error {
  readonly parts: ErrorParts;

  constructor(parts: ErrorParts) {
    super(parts.message);
    this.parts = parts;
  }

  /** The body of the reply. */
  toBody(): object {
    const { message, type = "invalid_request_error", param = null, code = null } = this.parts;
    return { error: { message, type, param, code } };
  }
}

/** A 400 about one parameter. */
export function badRequest(message: string, param: string | null = null, code: string | null = null): ApiError {
  return new ApiError({ status: 400, message, param, code });
}
