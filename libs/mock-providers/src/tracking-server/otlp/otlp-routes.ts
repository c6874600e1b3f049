import type { MockRequest } from "../../contract";
import { ApiFailure, detailReply, htmlReply } from "../error";
import { jsonReply, textReply } from "../reply";
import type { Routes } from "../router";
import type { TraceStore } from "../traces";
import { toDatabaseSpan } from "./database-span";
import { decodeContent } from "./inflate";
import { readJsonRequest } from "./json-request";
import { malformed, OtlpRefusal, type ResourceSpans } from "./message";
import { readProtobufRequest } from "./protobuf-request";
import type { SpanBatch } from "./span-store";
import { resourceTags } from "./tag-name";

const EXPERIMENT_HEADER = "x-mlflow-experiment-id";
const PROTOBUF = "application/x-protobuf";
const JSON_TYPE = "application/json";
const MISSING_EXPERIMENT = { type: "missing", loc: ["header", EXPERIMENT_HEADER], msg: "Field required", input: null };

/** `POST /v1/traces`: one bad span refuses the whole request. */
export function otlpRoutes(traces: TraceStore): Routes {
  return {
    "POST /v1/traces": ({ request }) => {
      const experimentId = request.headers[EXPERIMENT_HEADER];
      if (experimentId === undefined) return jsonReply({ detail: [MISSING_EXPERIMENT] }, 422);
      try {
        const batches = groupByTrace(readRequest(request));
        // An empty header is taken, and the spans are lost.
        if (experimentId !== "") traces.logSpans(batches, experimentId.trim());
        return textReply("", 200, { "content-type": PROTOBUF });
      } catch (error) {
        if (error instanceof OtlpRefusal || error instanceof ApiFailure) return error.toReply();
        throw error;
      }
    },
    "* /v1/traces": () => htmlReply(404),
  };
}

/** What a server does whose store cannot take spans: clients then upload `traces.json`. */
export const FILE_STORE_OTLP_ROUTES: Routes = {
  "POST /v1/traces": () => detailReply(501, "REST OTLP span logging is not supported by FileStore"),
  "* /v1/traces": () => htmlReply(404),
};

function readRequest({ headers, body }: MockRequest): ResourceSpans[] {
  const type = headers["content-type"];
  const isJson = type?.split(";")[0]?.trim() === JSON_TYPE;
  if (!isJson && type?.split(";")[0]?.trim() !== PROTOBUF) {
    throw new OtlpRefusal(400, `Invalid Content-Type: ${type ?? "None"}. Expected: ${PROTOBUF} or ${JSON_TYPE}`);
  }
  const encoding = headers["content-encoding"] ?? "";
  const content = encoding === "" ? (body ?? "") : decodeContent(toBytes(body), encoding);
  const resources = isJson ? readJsonRequest(toText(content)) : readProtobufRequest(toBytes(content));
  if (resources.length > 0) return resources;
  throw new OtlpRefusal(400, "Invalid OpenTelemetry format - no spans found");
}

function toBytes(content: MockRequest["body"]): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : (content ?? new Uint8Array());
}

function toText(content: string | Uint8Array): string {
  if (typeof content === "string") return content;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw malformed();
  }
}

function groupByTrace(resources: readonly ResourceSpans[]): SpanBatch[] {
  const batches = new Map<string, SpanBatch>();
  for (const { attributes, spans } of resources) {
    const tags = resourceTags(attributes);
    for (const span of spans.map(toDatabaseSpan)) {
      const traceId = `tr-${span.traceId}`;
      const batch = batches.get(traceId) ?? { traceId, spans: [], resourceTags: tags };
      batches.set(traceId, batch);
      batch.spans.push(span);
    }
  }
  return [...batches.values()];
}
