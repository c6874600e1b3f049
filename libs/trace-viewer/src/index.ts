/** Spans in, picture out: a React component for MLflow traces, and the pure model under it. Styles: `trace-viewer.css`. */
export type { InitialSelection } from "./initial-selection";
export { buildTraceModel, type TraceModel } from "./model/build-trace-model";
export type { Overlap } from "./model/overlap";
export type { Payload, SpanEvent, SpanNode } from "./model/span-node";
export type { SpanStatus } from "./model/span-record";
export type { TraceTotals } from "./model/totals";
export type { LiveSpan, SpanJson, TraceJson } from "./model/trace-json";
export type { TokenUsage } from "./model/usage";
export { TraceViewer, type TraceViewerProps } from "./TraceViewer";
