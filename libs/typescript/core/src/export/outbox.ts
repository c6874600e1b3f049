import type { HttpRequest } from "../client/http.js";
import type { FinishedTrace } from "./trace-exporter.js";

/** What became of a trace: `refused` will not succeed later either, `unreachable` may. */
export type Outcome = "stored" | "refused" | "unreachable";

/** A trace that the server has not confirmed: it waits, or is under way. */
export interface UnsentTrace {
  readonly finished: FinishedTrace;
  /** An estimate. */
  readonly bytes: number;
  /** What stores the trace when sent in any order; empty when that needs an answer in between. */
  requests(): HttpRequest[];
  /** Says that the requests are under way: nothing else is begun for the trace before they have succeeded or failed. */
  settleBy(sending: Promise<unknown>): void;
}

/** What an exporter shows to the platform, which knows when the program ends. Nothing here throws. */
export interface Outbox {
  /** Base URL of the server, without credentials. */
  readonly trackingUri: string;
  /** @returns whether the trace was taken; `settled` is called, later, only then */
  send(finished: FinishedTrace, settled: (outcome: Outcome) => void): boolean;
  unsent(): UnsentTrace[];
  /** Traces that have not finished. */
  openTraces(): readonly FinishedTrace[];
  /** Tries what waits for its next try now, and resolves when all is stored or given up, or the time is up. */
  drain(limitMs: number): Promise<void>;
  /** Gives up what is under way or waits: it counts as unreachable. */
  abort(): void;
  /** Sends one of the requests of an {@link UnsentTrace}; rejects when it fails. */
  post(request: HttpRequest): Promise<unknown>;
  /** Counts traces that could not be sent before the page ended. */
  leaveBehind(traces: number): void;
}

/** The platform's answer to an {@link Outbox}: it looks after what is unsent when the program ends. */
export interface ExportGuard {
  /** Keeps a trace that could not be sent for later. @returns whether it is kept */
  keep(finished: FinishedTrace): boolean;
  /** The server answers again: what was kept can be sent. */
  resume(): void;
  /** Ends the watch. */
  release(): void;
}

/** Looks after unsent traces when the program ends. */
export type GuardExports = (outbox: Outbox) => ExportGuard;
