import { withSpan } from "@arizeai/openinference-core";
import { SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Adapter } from "../adapter";
import { startOpenTelemetry } from "./opentelemetry";

export function createAdapter(): Adapter {
  const { flush, received } = startOpenTelemetry((kept) => new SimpleSpanProcessor(kept));
  return { flush, received, wrap: (name, fn) => withSpan(fn as never, { name, kind: "CHAIN" } as never) as never };
}
