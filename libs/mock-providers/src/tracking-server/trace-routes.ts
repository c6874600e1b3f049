import { attachment, proxyPath } from "./artifact-routes";
import type { ArtifactStore } from "./artifacts";
import { ApiFailure, invalid, missing } from "./error";
import { answerTrace, answerTraces, isInDatabase } from "./otlp/read-traces";
import { writeForViewer } from "./otlp/write-span";
import { readParameters } from "./parameters";
import { parseMessage } from "./proto-json";
import { jsonReply } from "./reply";
import type { Handler, Routes } from "./router";
import { TRACE_INFO_FIELDS } from "./trace-fields";
import { ARTIFACT_LOCATION_TAG, traceInfoJson } from "./trace-info";
import type { TraceStore } from "./traces";

const text = { kind: "string" } as const;
const requiredText = { kind: "string", required: true } as const;
const list = { kind: "list" } as const;
const integer = { kind: "integer" } as const;

/** `/api/…/mlflow/traces…` and the viewer's download. */
export function traceRoutes(traces: TraceStore, artifacts: ArtifactStore): Routes {
  const download: Handler = ({ request }) => {
    const query = request.url.searchParams;
    const id = query.get("request_id");
    if (!id) throw new ApiFailure("BAD_REQUEST", 'Request must include the "request_id" query parameter.');
    const info = traces.find(id);
    if (!info) throw missing(`Trace with ID ${id} is not found.`);
    const attachmentName = query.get("path");
    if (!attachmentName && isInDatabase(info)) {
      return attachment("traces.json", `{"spans":[${traces.spansOf(id).map(writeForViewer).join(",")}]}`);
    }
    const file = attachmentName ? `attachments/${attachmentName}` : "traces.json";
    const path = proxyPath(info.tags.get(ARTIFACT_LOCATION_TAG) ?? "", file);
    const content = artifacts.read(path);
    if (content === undefined) throw new ApiFailure("NOT_FOUND", `Trace data not found for path=${file}`);
    return attachment(path, content);
  };
  return {
    "POST /api/3.0/mlflow/traces": ({ request }) => {
      const { trace } = readParameters(request, { trace: { kind: "object", required: true } });
      const { trace_info: parsed } = parseMessage(
        { trace_info: { type: "message", fields: TRACE_INFO_FIELDS } },
        trace,
      );
      return jsonReply({ trace: { trace_info: traceInfoJson(traces.post(Object(parsed))) } });
    },
    "GET /api/3.0/mlflow/traces/get": ({ request }) => {
      const { trace_id: id, allow_partial } = readParameters(request, { trace_id: requiredText, allow_partial: text });
      return answerTrace(traces, String(id), readBoolean(String(allow_partial ?? "false")));
    },
    "GET /api/3.0/mlflow/traces/batchGet": ({ request }) => {
      const { trace_ids: ids } = readParameters(request, { trace_ids: { kind: "list", required: true } });
      return answerTraces(traces, Array.isArray(ids) ? ids.map(String) : []);
    },
    "POST /api/3.0/mlflow/traces/batchGetInfos": ({ request }) => {
      const { trace_ids: ids } = readParameters(request, { trace_ids: list });
      const found = (Array.isArray(ids) ? ids : []).flatMap((id) => traces.find(String(id)) ?? []);
      return jsonReply(found.length > 0 ? { trace_infos: found.map(traceInfoJson) } : {});
    },
    "POST /api/2.0|3.0/mlflow/traces/delete-traces": ({ request }) => deleteTraces(traces, request),
    "PATCH /api/2.0|3.0/mlflow/traces/:id/tags": ({ request, path }) => {
      const { key, value } = readParameters(request, { key: requiredText, value: text });
      traces.setTag(path.id ?? "", String(key), String(value ?? ""));
      return jsonReply({});
    },
    "DELETE /api/2.0|3.0/mlflow/traces/:id/tags": ({ request, path }) => {
      traces.deleteTag(path.id ?? "", String(readParameters(request, { key: requiredText }).key));
      return jsonReply({});
    },
    "GET /api/3.0/mlflow/traces/:id": ({ path }) => {
      const info = traces.find(path.id ?? "");
      if (!info) throw missing(`Trace with ID '${path.id}' not found.`);
      return jsonReply({ trace: { trace_info: traceInfoJson(info) } });
    },
    "GET /ajax-api/2.0|3.0/mlflow/get-trace-artifact": download,
  };
}

function readBoolean(value: string): boolean {
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  throw invalid(`Invalid boolean value: ${value}, must be 'true' or 'false'.`);
}

const deleteTraces = (traces: TraceStore, request: Parameters<Handler>[0]["request"]): ReturnType<Handler> => {
  const specs = { experiment_id: requiredText, request_ids: list, max_timestamp_millis: integer, max_traces: integer };
  const parameters = readParameters(request, specs);
  const ids = Array.isArray(parameters.request_ids) ? parameters.request_ids.map(String) : [];
  const before = parameters.max_timestamp_millis;
  if (ids.length > 0 && before != null)
    throw invalid("Only one of `max_timestamp_millis` and `trace_ids` can be specified.");
  if (ids.length === 0 && before == null)
    throw invalid("Either `max_timestamp_millis` or `trace_ids` must be specified.");
  const experimentId = String(parameters.experiment_id);
  const chosen = before == null ? ids : oldest(traces, experimentId, Number(before), parameters.max_traces);
  return jsonReply({ traces_deleted: traces.delete(chosen, experimentId) }, 200, 2);
};

/** Ids of the traces up to a time, oldest first, at most `most`. */
function oldest(traces: TraceStore, experimentId: string, before: number, most: unknown): string[] {
  const found = traces.all().filter((info) => info.experimentId === experimentId && info.requestTimeMs <= before);
  found.sort((left, right) => left.requestTimeMs - right.requestTimeMs);
  return found.slice(0, most == null ? undefined : Number(most)).map(({ id }) => id);
}
