import type { Serialized } from "@langchain/core/load/serializable";
import {
  InMemoryTraceManager,
  type LiveSpan,
  SpanEvent,
  type SpanType,
  startSpan,
  TraceMetadataKey,
} from "mlflow-tracing";
import { asRecord, attempt } from "./attempt.js";
import { parentOf } from "./parent-span.js";
import { toPlain } from "./plain-values.js";
import { openRuns } from "./run-map.js";

/** What LangChain says of a run when it starts. */
export interface RunStart {
  readonly runId: string;
  readonly parentRunId: string | undefined;
  readonly serialized: Serialized | undefined;
  readonly runName: string | undefined;
  /** The name of a run that has none of its own. */
  readonly fallbackName: string;
  readonly spanType: SpanType;
  readonly inputs: () => unknown;
  readonly attributes?: () => Record<string, unknown>;
  readonly tags: readonly string[] | undefined;
  readonly metadata: Record<string, unknown> | undefined;
}

/** Tag of runs that are LangGraph's own machinery. */
const HIDDEN = "langsmith:hidden";
const RETRY = /^retry:attempt:(\d+)$/;

/** Starts the span of a run. A run that is open already, because another handler recorded it, is left alone. */
export function startRun(owner: object, start: RunStart): void {
  const { runId, parentRunId, tags = [] } = start;
  if (openRuns.get(runId)) return;
  const parent = parentOf(parentRunId);
  if (parent && tags.includes(HIDDEN)) {
    openRuns.add(runId, { span: parent, ownsSpan: false, owner, tokens: 0 });
    return;
  }
  noteRetry(openRuns.get(parentRunId)?.span, tags);
  const span = startSpan({
    name: attempt(() => nameOf(start), start.fallbackName),
    spanType: start.spanType,
    inputs: attempt(start.inputs, undefined),
    attributes: { ...metadataAttribute(start.metadata), ...attempt(() => start.attributes?.() ?? {}, {}) },
    parent,
  });
  openRuns.add(runId, { span, ownsSpan: true, owner, tokens: 0 });
  noteSession(span, start.metadata);
}

/** Ends the span of a run with what it gave, and with attributes that are known only now. */
export function endRun(owner: object, runId: string, outputs: () => unknown, late?: (span: LiveSpan) => void): void {
  const span = takeSpan(owner, runId);
  if (!span) return;
  const value = attempt(outputs, undefined);
  if (value !== undefined) span.setOutputs(value);
  attempt(() => late?.(span), undefined);
  span.end();
}

/** Ends the span of a run that failed. An interrupt of a graph, which waits for a person, is no failure but an event. */
export function failRun(owner: object, runId: string, error: unknown, late?: (span: LiveSpan) => void): void {
  const span = takeSpan(owner, runId);
  if (!span) return;
  attempt(() => late?.(span), undefined);
  const { is_bubble_up, interrupts } = attempt(() => ({ ...pickInterrupt(error) }), {});
  if (is_bubble_up === true) span.addEvent(new SpanEvent({ name: "interrupt", attributes: { interrupts } }));
  else span.recordException(error);
  span.end();
}

/** The span of an open run, if it is shown and `owner` recorded it. */
export function ownSpan(owner: object, runId: string): LiveSpan | undefined {
  const run = openRuns.get(runId);
  return run?.owner === owner && run.ownsSpan ? run.span : undefined;
}

function takeSpan(owner: object, runId: string): LiveSpan | undefined {
  if (openRuns.get(runId)?.owner !== owner) return undefined;
  const run = openRuns.take(runId);
  return run?.ownsSpan ? run.span : undefined;
}

function pickInterrupt(error: unknown): { is_bubble_up?: unknown; interrupts?: unknown } {
  const { is_bubble_up, interrupts } = asRecord(error);
  return { is_bubble_up, interrupts };
}

function nameOf({ runName, serialized, fallbackName }: RunStart): string {
  const { name, id } = asRecord(serialized);
  const last: unknown = Array.isArray(id) ? id.at(-1) : undefined;
  return [runName, name, last].find((part): part is string => typeof part === "string" && part !== "") ?? fallbackName;
}

function metadataAttribute(metadata: Record<string, unknown> | undefined): Record<string, unknown> {
  return metadata && Object.keys(metadata).length > 0 ? { metadata: toPlain(metadata) } : {};
}

/** Further attempts are runs of their own below the one that retries. */
function noteRetry(span: LiveSpan | undefined, tags: readonly string[]): void {
  const attemptNumber = tags.map((tag) => RETRY.exec(tag)?.[1]).find(Boolean);
  if (attemptNumber) span?.addEvent(new SpanEvent({ name: "retry", attributes: { attempt: Number(attemptNumber) } }));
}

/** A thread of LangGraph's is a session of MLflow's; one that the program has set stays. */
function noteSession(span: LiveSpan, metadata: Record<string, unknown> | undefined): void {
  const { thread_id } = asRecord(metadata);
  if (thread_id === undefined || thread_id === null || span.parentId !== null) return;
  const info = InMemoryTraceManager.getInstance().getTrace(span.traceId)?.info;
  if (info) info.traceMetadata[TraceMetadataKey.TRACE_SESSION] ??= String(thread_id);
}
