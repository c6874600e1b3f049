import { type LiveSpan, SpanStatusCode } from "mlflow-tracing";
import type { Recording } from "./capture.js";
import type { ExpectedSpan } from "./integration.js";

/** Spans below which there is nothing but calls: those that were started within a check's own span, or have no parent. */
export function outermost(spans: readonly LiveSpan[], parentId: string | null = null): LiveSpan[] {
  return spans.filter((span) => span.parentId === parentId);
}

/** A recorded span next to what is expected of it. */
export interface MatchedSpan {
  readonly span: LiveSpan;
  readonly expected: ExpectedSpan;
  readonly isOutermost: boolean;
}

/** Pairs the spans of one call with their description, by their place; whatever has no counterpart is left out. */
export function matchSpans(recording: Recording, root: LiveSpan, expected: ExpectedSpan): MatchedSpan[] {
  const match = (span: LiveSpan, description: ExpectedSpan, isOutermost: boolean): MatchedSpan[] => {
    const children = outermost(recording.spans, span.spanId);
    const below = (description.children ?? []).flatMap((child, at) => {
      const found = children[at];
      return found ? match(found, child, false) : [];
    });
    return [{ span, expected: description, isOutermost }, ...below];
  };
  return match(root, expected, true);
}

/** A tree of spans as text, e.g. `Chain (CHAIN) [Completions (LLM)]`. */
export function drawRecorded(spans: readonly LiveSpan[], roots: readonly LiveSpan[]): string {
  const draw = (span: LiveSpan): string => {
    const children = outermost(spans, span.spanId).map(draw).join(", ");
    return `${span.name} (${span.spanType})${children && ` [${children}]`}`;
  };
  return roots.map(draw).join(", ") || "no span";
}

export function drawExpected({ name, spanType, children = [] }: ExpectedSpan): string {
  const below = children.map(drawExpected).join(", ");
  return `${name} (${spanType})${below && ` [${below}]`}`;
}

/** Spans that never ended. */
export function openSpans({ spans, ended }: Recording): LiveSpan[] {
  return spans.filter((span) => !ended.has(span));
}

export function failed(span: LiveSpan): boolean {
  return span.status.statusCode === SpanStatusCode.ERROR;
}
