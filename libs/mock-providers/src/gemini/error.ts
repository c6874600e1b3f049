/** The parts of a failure that the API reports as `{error: {code, message, status, details}}`. */
export interface ErrorParts {
  readonly code: number;
  readonly message: string;
  /** The name of the code, e.g. `INVALID_ARGUMENT`. */
  readonly status: string;
  readonly details?: readonly object[];
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
    const { code, message, status, details = [] } = this.parts;
    return { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } };
  }
}

export function invalidArgument(message: string, details: readonly object[] = []): ApiError {
  return new ApiError({ code: 400, message, status: "INVALID_ARGUMENT", details });
}

export function notFound(message: string): ApiError {
  return new ApiError({ code: 404, message, status: "NOT_FOUND" });
}

/** A detail that names a reason for programs to match on. */
export function errorInfo(reason: string): object {
  return {
    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
    reason,
    domain: "googleapis.com",
    metadata: { service: "generativelanguage.googleapis.com" },
  };
}

/** A detail that names the field at fault. */
export function fieldViolation(field: string, description: string): object {
  return {
    "@type": "type.googleapis.com/google.rpc.BadRequest",
    fieldViolations: [{ ...(field === "" ? {} : { field }), description }],
  };
}

/** A detail that says when to try again. */
export function retryInfo(seconds: number): object {
  return { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${seconds}s` };
}
