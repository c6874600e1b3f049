import type { MockReply } from "../../contract";
import { detailReply } from "../error";
import { textReply } from "../reply";
import type { KeyValue } from "./any-value";

/** What a request brings, whether it came as JSON or as protobuf. */
export interface ResourceSpans {
  readonly attributes: readonly KeyValue[];
  readonly spans: readonly OtlpSpan[];
}

/** A span as it was sent. Ids are lower-case hex of any length, `""` where there is none; times are nanoseconds. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly start: bigint;
  readonly end: bigint;
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly attributes: readonly KeyValue[];
  readonly events: readonly OtlpEvent[];
  readonly links: readonly OtlpLink[];
}

export interface OtlpEvent {
  readonly time: bigint;
  readonly name: string;
  readonly attributes: readonly KeyValue[];
}

export interface OtlpLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: readonly KeyValue[];
}

/** A whole request that is refused, because of one span or before there are any. */
export class OtlpRefusal extends Error {
  constructor(
    readonly status: 400 | 422 | 500,
    detail: string,
  ) {
    super(detail);
  }

  toReply(): MockReply {
    if (this.status !== 500) return detailReply(this.status, this.message);
    return textReply("Internal Server Error", 500, { "content-type": "text/plain; charset=utf-8" });
  }
}

export const malformed = (): OtlpRefusal => new OtlpRefusal(400, "Invalid OpenTelemetry format");
/** A failure that the server does not foresee; its answer is plain text. */
export const crash = (): OtlpRefusal => new OtlpRefusal(500, "Internal Server Error");
