"""What the Python client sees of traces, through its public API."""

import base64
import re
import sqlite3

import mlflow
from exact import exact
from mlflow import MlflowClient
from mlflow.entities import Expectation, Feedback
from mlflow.tracing.attachments import Attachment
from mlflow.tracing.client import TracingClient

REFERENCE = re.compile(r"mlflow-attachment://[^\s\"'\\]+")


def describe_assessment(assessment):
    kind = "feedback" if isinstance(assessment, Feedback) else "expectation"
    error = assessment.error if isinstance(assessment, Feedback) else None
    return {
        "kind": kind if isinstance(assessment, (Feedback, Expectation)) else type(assessment).__name__,
        "id": assessment.assessment_id,
        "traceId": assessment.trace_id,
        "name": assessment.name,
        "value": exact(assessment.value),
        "sourceType": assessment.source.source_type,
        "sourceId": assessment.source.source_id,
        "rationale": assessment.rationale,
        "metadata": assessment.metadata or {},
        "spanId": assessment.span_id,
        "error": error and [error.error_code, error.error_message, error.stack_trace],
        "overrides": assessment.overrides,
        "valid": assessment.valid is not False,
        "createTimeMs": assessment.create_time_ms,
        "lastUpdateTimeMs": assessment.last_update_time_ms,
    }


def describe_info(info):
    return {
        "traceId": info.trace_id,
        "experimentId": info.experiment_id,
        "clientRequestId": info.client_request_id,
        "requestTimeMs": info.request_time,
        "durationMs": info.execution_duration,
        "state": info.state.value,
        "requestPreview": info.request_preview,
        "responsePreview": info.response_preview,
        "tags": info.tags,
        "metadata": info.trace_metadata,
        "tokenUsage": exact(info.token_usage),
        "cost": exact(info.cost),
        "assessments": [describe_assessment(each) for each in info.assessments],
    }


def describe_span(span):
    return {
        "traceId": span.trace_id,
        "spanId": span.span_id,
        "parentId": span.parent_id,
        "name": span.name,
        "type": span.span_type,
        "startNs": str(span.start_time_ns),
        "endNs": str(span.end_time_ns),
        "status": span.status.status_code.value,
        "message": span.status.description or "",
        "inputs": exact(span.inputs),
        "outputs": exact(span.outputs),
        "attributes": exact(span.attributes)["dict"],
        "events": [[event.name, str(event.timestamp), exact(dict(event.attributes))] for event in span.events],
        "links": [[link.trace_id, link.span_id, exact(dict(link.attributes or {}))] for link in span.links],
    }


def describe_trace(trace):
    return {"info": describe_info(trace.info), "spans": [describe_span(span) for span in trace.data.spans]}


def get_traces(ids):
    """By `mlflow.get_trace`, one after the other; `None` for what cannot be read."""
    traces = [mlflow.get_trace(trace_id) for trace_id in ids]
    return [trace and describe_trace(trace) for trace in traces]


def search_traces(experiment_id, filter=None, include_spans=True, max_results=None):
    found = mlflow.search_traces(
        locations=[experiment_id],
        filter_string=filter,
        max_results=max_results,
        include_spans=include_spans,
        return_type="list",
    )
    return [describe_trace(trace) for trace in found]


def search_ids(experiment_id, filter=None):
    """By the client, page by page."""
    ids, token = [], None
    while True:
        page = MlflowClient().search_traces(
            locations=[experiment_id], filter_string=filter, page_token=token, include_spans=False
        )
        ids += [trace.info.trace_id for trace in page]
        token = page.token
        if not token:
            return ids


def get_attachments(trace_id):
    """Every attachment that the spans refer to, in base64: by the accessor that Python itself reads them with."""
    trace = mlflow.get_trace(trace_id)
    repository = TracingClient()._get_artifact_repo_for_trace(trace.info)
    found = []
    for span in trace.data.spans:
        for reference in REFERENCE.findall(str([span.inputs, span.outputs])):
            parsed = Attachment.parse_ref(reference)
            data = repository.download_trace_attachment(parsed["attachment_id"])
            found.append([parsed["attachment_id"], parsed["content_type"], base64.b64encode(data).decode()])
    return found


def stored_spans(database):
    """From the database itself: of each trace the ids of its spans, its status, and whether its info has come."""
    connection = sqlite3.connect(database, timeout=60, isolation_level=None)
    # One moment for both questions.
    connection.execute("begin")
    finished = "select request_id from trace_request_metadata where key = 'mlflow.trace.infoFinalized'"
    rows = connection.execute(f"select request_id, status, request_id in ({finished}) from trace_info").fetchall()
    traces = {row[0]: {"spanIds": [], "status": row[1], "hasInfo": bool(row[2])} for row in rows}
    for trace_id, span_id in connection.execute("select trace_id, span_id from spans"):
        traces[trace_id]["spanIds"].append(span_id)
    connection.close()
    return traces
