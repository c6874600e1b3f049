import type { SpanStatus as OtelStatus } from "@opentelemetry/api";
import { SpanStatusCode as OtelStatusCode } from "../otel/api.js";

/** How a span ended, as MLflow writes it. */
export const SpanStatusCode = {
  UNSET: "STATUS_CODE_UNSET",
  OK: "STATUS_CODE_OK",
  ERROR: "STATUS_CODE_ERROR",
} as const;
export type SpanStatusCode = (typeof SpanStatusCode)[keyof typeof SpanStatusCode];

/** A status code, or the same without its prefix (`OK`, `ERROR`, `UNSET`), in any case. */
export type SpanStatusCodeLike = SpanStatusCode | keyof typeof SpanStatusCode | (string & {});

const PREFIX = "STATUS_CODE_";

/** The code meant by `value`; UNSET for anything else. */
export function toSpanStatusCode(value: unknown): SpanStatusCode {
  const name = typeof value === "string" ? value.trim().toUpperCase().replace(PREFIX, "") : "";
  return name === "OK" || name === "ERROR" ? SpanStatusCode[name] : SpanStatusCode.UNSET;
}

/**
 * How a span ended, with a description when it failed.
 *
 * @example span.setStatus(new SpanStatus("ERROR", "the answer was empty"));
 */
export class SpanStatus {
  readonly statusCode: SpanStatusCode;
  readonly description: string;

  constructor(statusCode: SpanStatusCodeLike, description = "") {
    this.statusCode = toSpanStatusCode(statusCode);
    this.description = typeof description === "string" ? description : "";
  }

  /** The same status, of OpenTelemetry. */
  static fromOtelStatus({ code, message }: OtelStatus): SpanStatus {
    return new SpanStatus(OtelStatusCode[code] ?? "", message);
  }

  /** The same status for OpenTelemetry. */
  toOtelStatus(): OtelStatus {
    const name = this.statusCode.slice(PREFIX.length) as keyof typeof OtelStatusCode;
    return { code: OtelStatusCode[name], message: this.description };
  }

  /** The status as MLflow writes it. */
  toJson(): { status_code: SpanStatusCode; description: string } {
    return { status_code: this.statusCode, description: this.description };
  }
}
