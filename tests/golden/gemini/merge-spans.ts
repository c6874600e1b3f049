import type { GoldenShape, GoldenSpan } from "../shape";

const REQUEST = /Models\._generate_content$/;
const MESSAGE = /Chat\.send_message$/;

/**
 * The shape with one span for each call: without the span of its only request, and without the one of the chat that it was
 * made for. Where a call made several requests because of its tools, all stay.
 */
export function mergeSpans(shape: GoldenShape): GoldenShape {
  const { spans } = shape;
  const isOnly = (span: GoldenSpan) => spans.filter(({ parent }) => parent === span.parent).length === 1;
  const isMerged = (span: GoldenSpan) => MESSAGE.test(span.name) || (REQUEST.test(span.name) && isOnly(span));
  const kept = spans.filter((span) => !isMerged(span));
  const parentOf = (span: GoldenSpan): number | null => {
    const parent = span.parent === null ? undefined : spans[span.parent];
    if (!parent) return null;
    return isMerged(parent) ? parentOf(parent) : kept.indexOf(parent);
  };
  return { ...shape, spans: kept.map((span) => ({ ...span, parent: parentOf(span) })) };
}
