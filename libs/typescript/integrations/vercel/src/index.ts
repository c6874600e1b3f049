import { registerVercelTracing } from "./register.js";

export { registerVercelTracing } from "./register.js";
export {
  type ExportableSpan,
  MLflowSpanProcessor,
  type SpanExporter,
  type SpanProcessorOptions,
  type TranslatableSpan,
  translateSpanForMlflow,
  translateSpansForMlflow,
} from "./span-processor.js";

// Programs written for earlier versions of this package only import it.
registerVercelTracing();
