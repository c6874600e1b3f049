import type { TraceModel } from "./model/build-trace-model";
import type { SpanNode } from "./model/span-node";
import { errorOrigins } from "./model/totals";

/**
 * Which span is shown before the reader chooses one: the span where the first error arose, none, a span by its id, or
 * `auto`: the first error, else the first call of a model, else the first root.
 */
export type InitialSelection = "auto" | "first-error" | "none" | (string & {});

/** While spans still arrive nothing is chosen for the reader: the details would change under their eyes. */
export function initiallySelected(model: TraceModel, wanted: InitialSelection): SpanNode | null {
  if (wanted === "none" || model.nodes.some((node) => node.live)) return null;
  if (wanted === "first-error") return firstError(model);
  if (wanted === "auto") return firstError(model) ?? firstModelCall(model) ?? model.nodes[0] ?? null;
  return model.nodes.find((node) => node.spanId === wanted || node.json.span_id === wanted) ?? null;
}

function firstError({ nodes }: TraceModel): SpanNode | null {
  return errorOrigins(nodes)[0] ?? null;
}

function firstModelCall({ nodes }: TraceModel): SpanNode | null {
  return nodes.find((node) => node.type === "LLM" || node.type === "CHAT_MODEL") ?? null;
}
