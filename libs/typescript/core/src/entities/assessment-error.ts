import { asRecord, asText } from "../json/read.js";
import { wellFormed } from "./json-value.js";

const MAX_STACK_TRACE_LENGTH = 10_000;
const TRUNCATION_PREFIX = "[Stack trace is truncated]\n...\n";
const DEFAULT_ERROR_CODE = "ASSESSMENT_ERROR";

/** What an {@link AssessmentError} is made of. */
export interface AssessmentErrorParams {
  errorCode?: string | undefined;
  errorMessage?: string | undefined;
  stackTrace?: string | undefined;
}

/**
 * Why there is no value: an assessment that failed.
 *
 * @example new AssessmentError({ errorCode: "RATE_LIMITED", errorMessage: "The judge answered 429" })
 */
export class AssessmentError {
  readonly errorCode: string;
  readonly errorMessage: string | undefined;
  /** At most 10,000 characters; of a longer one the end is kept. */
  readonly stackTrace: string | undefined;

  constructor({ errorCode, errorMessage, stackTrace }: AssessmentErrorParams) {
    this.errorCode = wellFormed(errorCode || DEFAULT_ERROR_CODE);
    this.errorMessage = errorMessage === undefined ? undefined : wellFormed(errorMessage);
    this.stackTrace = stackTrace === undefined ? undefined : wellFormed(truncateStackTrace(stackTrace));
  }

  /**
   * A message, something that was thrown, or the parts; `undefined` for nothing and for an empty error.
   *
   * @example AssessmentError.from(new RangeError("no such city"))?.errorCode // "RangeError"
   */
  static from(error: string | Error | AssessmentErrorParams | null | undefined): AssessmentError | undefined {
    if (!error) return undefined;
    if (typeof error === "string") return new AssessmentError({ errorMessage: error });
    if (error instanceof Error) {
      return new AssessmentError({ errorCode: error.name, errorMessage: error.message, stackTrace: error.stack });
    }
    return error.errorCode || error.errorMessage || error.stackTrace ? new AssessmentError(error) : undefined;
  }

  /** The REST API's form. */
  toJson(): { error_code: string; error_message?: string; stack_trace?: string } {
    return {
      error_code: this.errorCode,
      ...(this.errorMessage === undefined ? {} : { error_message: this.errorMessage }),
      ...(this.stackTrace === undefined ? {} : { stack_trace: this.stackTrace }),
    };
  }

  /** Reads the REST API's form; `undefined` when there is no error in it. */
  static fromJson(json: unknown): AssessmentError | undefined {
    const { error_code, error_message, stack_trace } = asRecord(json);
    return AssessmentError.from({
      errorCode: asText(error_code),
      errorMessage: asText(error_message),
      stackTrace: asText(stack_trace),
    });
  }
}

/**
 * The end of a stack trace behind a remark, 10,000 characters together; a shorter one is unchanged.
 *
 * @example truncateStackTrace(String(error.stack)).length // at most 10,000
 */
export function truncateStackTrace(stackTrace: string): string {
  if (stackTrace.length <= MAX_STACK_TRACE_LENGTH) return stackTrace;
  return TRUNCATION_PREFIX + stackTrace.slice(TRUNCATION_PREFIX.length - MAX_STACK_TRACE_LENGTH);
}
