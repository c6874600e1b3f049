import type { Trace } from "../entities/trace.js";

/** A file that belongs to a trace and is stored beside it, such as an image that was inline in a request. */
export interface Attachment {
  /** A UUID; the span refers to it as `mlflow-attachment://<id>?…`. */
  readonly id: string;
  /** Media type, e.g. `image/png`. */
  readonly contentType: string;
  readonly data: Uint8Array;
}

/** What the span processor hands over when the root of a trace has ended. */
export interface FinishedTrace {
  readonly trace: Trace;
  /** The trace began in another process, which sends its info; only spans are sent from here. */
  readonly isRemote: boolean;
  readonly attachments: readonly Attachment[];
}

/** Takes finished traces and brings them somewhere. */
export interface TraceExporter {
  /** Takes a trace; never throws, and returns before it is stored. The same trace may come again with more spans. */
  export(finished: FinishedTrace): void;
  /** Resolves when everything taken so far is stored or given up; never rejects. */
  flush(): Promise<void>;
  /** Flushes, and lets go of whatever looks after the end of the program; never rejects. */
  close?(): Promise<void>;
}
