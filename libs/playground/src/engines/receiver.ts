import * as v from "valibot";
import {
  type CompiledFile,
  type ErrorEvent,
  RUN_LIMITS,
  type RunEvent,
  RunEventSchema,
  type RunSink,
} from "../contract";
import { mapError } from "../lowering";

/** What a run amounted to, as counted by whoever listens to it. */
export interface Tally {
  spans: number;
  dropped: number;
  error: ErrorEvent | undefined;
}

/**
 * The page's end of a run: text in, checked events out. It trusts nothing it receives: what is not a string, too much, not
 * JSON or not an event is dropped and counted; errors get their place in the reader's file.
 */
export function createReceiver(
  sink: RunSink,
  files: Readonly<Record<string, CompiledFile>>,
  onExit: (ok: boolean) => void,
) {
  const tally: Tally = { spans: 0, dropped: 0, error: undefined };
  let bytes = 0;
  let messages = 0;
  let closed = false;

  function receive(data: unknown): void {
    if (closed) return;
    const event = accept(data);
    if (!event) {
      tally.dropped += 1;
      return;
    }
    deliver(event.type === "error" ? located(event, files) : event);
  }

  /** Twice the sender's own budget: what comes in above it did not pass through our runtime. */
  function accept(data: unknown): RunEvent | null {
    if (typeof data !== "string") return null;
    bytes += data.length;
    messages += 1;
    if (bytes > 2 * RUN_LIMITS.totalBytes || messages > 2 * RUN_LIMITS.totalMessages) return null;
    const event = v.safeParse(RunEventSchema, parse(data));
    return event.success ? event.output : null;
  }

  function deliver(event: RunEvent): void {
    if (event.type === "trace") tally.spans += event.trace.data.spans.length;
    if (event.type === "dropped") tally.dropped += event.messages;
    if (event.type === "error") tally.error = event;
    sink(event);
    if (event.type === "exit") {
      closed = true;
      onExit(event.ok);
    }
  }

  return {
    receive,
    tally,
    /** Delivers a failure of the realm itself. */
    fail: (error: ErrorEvent) => {
      if (!closed) deliver(error);
    },
    /** Nothing is delivered after this. */
    close: () => {
      closed = true;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error with its stack in terms of the reader's files, and the first place in them. */
function located(event: ErrorEvent, files: Readonly<Record<string, CompiledFile>>): ErrorEvent {
  const maps = Object.fromEntries(Object.entries(files).map(([path, file]) => [path, file.map]));
  const { stack, at } = mapError(event.stack, maps);
  return at ? { ...event, stack, at } : event;
}
