import { LangfuseSpanProcessor } from "@langfuse/otel";
import { observe } from "@langfuse/tracing";
import type { Adapter } from "../adapter";
import { startOpenTelemetry } from "./opentelemetry";

export function createAdapter(): Adapter {
  const { flush, received } = startOpenTelemetry(
    (kept) =>
      new LangfuseSpanProcessor({ publicKey: "pk", secretKey: "sk", exporter: kept, exportMode: "immediate" } as never),
  );
  return { flush, received, wrap: (name, fn) => observe(fn as never, { name }) as never };
}
