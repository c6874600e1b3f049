import type { Trace } from "../entities/trace.js";

/** Takes finished traces to where they are kept. */
export interface TraceExporter {
  /** Takes over `trace` and returns at once. The same trace id again replaces what went before. Never throws. */
  export(trace: Trace): void;
  /** Resolves when every trace taken over so far is stored or given up. Never rejects. */
  flush(): Promise<void>;
}
