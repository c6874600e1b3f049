import type { Trace } from "@tracebook/playground/contract";
import { decodeAttribute as decode } from "@tracebook/playground/trace-shape";

/** A trace as `shape.json` has it: everything that a reader sees, without ids and times. */
export interface GoldenShape {
  spans: GoldenSpan[];
  trace: {
    state: string;
    /** Previews are texts; where one is JSON it is compared as such, since each language spaces and orders it in its own way. */
    requestPreview: unknown;
    responsePreview: unknown;
    traceMetadata: Record<string, unknown>;
    tags: Record<string, string>;
    tokenUsage: unknown;
  };
}

export interface GoldenSpan {
  name: string;
  /** Index of the parent among the spans. */
  parent: number | null;
  type: string;
  status: string;
  statusDescription?: string;
  inputs: unknown;
  outputs: unknown;
  attributes: Record<string, unknown>;
  events: { name: string; attributeKeys: string[]; exceptionType?: string; exceptionMessage?: string }[];
}

/** Attributes that are fields of their own in a shape, or ids. */
const OWN_FIELDS = new Set(["mlflow.traceRequestId", "mlflow.spanType", "mlflow.spanInputs", "mlflow.spanOutputs"]);

/** Metadata that copies the previews or says where a program ran. */
const LOCAL_METADATA = /^mlflow\.(user|source\.|traceInputs|traceOutputs|trace\.size|artifactLocation)/;

/** The shape of a trace that came back from the tracking server. Siblings stay in the order in which they started. */
export function goldenShape({ info, data }: Trace): GoldenShape {
  const ids = data.spans.map((span) => span.span_id);
  const metadata = Object.entries(info.trace_metadata ?? {}).filter(([key]) => !LOCAL_METADATA.test(key));
  const usage = info.trace_metadata?.["mlflow.trace.tokenUsage"];
  return withoutAttachmentIds({
    spans: data.spans.map((span) => toGoldenSpan(span, ids)),
    trace: {
      state: info.state ?? "",
      requestPreview: decode(info.request_preview || null),
      responsePreview: decode(info.response_preview || null),
      traceMetadata: Object.fromEntries(metadata.map(([key, value]) => [key, decode(value)])),
      tags: Object.fromEntries(Object.entries(info.tags ?? {}).filter(([key]) => !LOCAL_METADATA.test(key))),
      tokenUsage: usage === undefined ? null : decode(usage),
    },
  });
}

/** Ids within texts are numbered in the order in which they are first seen. */
function withoutAttachmentIds(shape: GoldenShape): GoldenShape {
  const seen = new Map<string, string>();
  const number = (id: string): string => {
    if (!seen.has(id)) seen.set(id, `<id-${seen.size + 1}>`);
    return seen.get(id) ?? id;
  };
  const replace = (_all: string, id: string, between: string, traceId: string) =>
    `mlflow-attachment://${number(id)}?${between}trace_id=${number(traceId)}`;
  const pattern = /mlflow-attachment:\/\/([0-9a-f-]{36})\?([^"]*?)trace_id=(tr-[0-9a-f]{32})/g;
  return JSON.parse(JSON.stringify(shape).replace(pattern, replace)) as GoldenShape;
}

/** A shape as it was recorded, with its previews read. */
export function readShape(recorded: GoldenShape): GoldenShape {
  const { requestPreview, responsePreview } = recorded.trace;
  const previews = { requestPreview: decode(requestPreview), responsePreview: decode(responsePreview) };
  return { ...recorded, trace: { ...recorded.trace, ...previews } };
}

function toGoldenSpan(span: Trace["data"]["spans"][number], ids: readonly string[]): GoldenSpan {
  const attributes = Object.fromEntries(Object.entries(span.attributes).map(([key, value]) => [key, decode(value)]));
  const parent = span.parent_span_id ? ids.indexOf(span.parent_span_id) : -1;
  const { message } = span.status;
  return {
    name: span.name,
    parent: parent < 0 ? null : parent,
    type: String(attributes["mlflow.spanType"]),
    status: span.status.code.replace("STATUS_CODE_", ""),
    ...(message ? { statusDescription: message } : {}),
    inputs: attributes["mlflow.spanInputs"] ?? null,
    outputs: attributes["mlflow.spanOutputs"] ?? null,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => !OWN_FIELDS.has(key))),
    events: span.events.map((event) => ({
      name: event.name,
      attributeKeys: Object.keys(event.attributes).sort(),
      ...(event.name === "exception"
        ? {
            exceptionType: String(event.attributes["exception.type"]),
            exceptionMessage: String(event.attributes["exception.message"]),
          }
        : {}),
    })),
  };
}
