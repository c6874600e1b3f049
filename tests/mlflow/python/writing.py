"""Traces that the Python library writes, for our client to read."""

import mlflow
from mlflow import MlflowClient
from mlflow.entities import AssessmentError, AssessmentSource, Link, SpanEvent, SpanType
from mlflow.tracing import get_tracing_context_headers_for_http_request, set_tracing_context_from_http_request_headers
from mlflow.tracing.attachments import Attachment

FIRST_NS = 1_750_000_000_123_456_789
SPAN_TYPES = [value for name, value in vars(SpanType).items() if name.isupper()]
VALUES = {
    "text": "naïve \U0001f642 \u202eרטל e\u0301",
    "looks like": ["12", "true", "null", "[1,2]", '{"a":1}', '"q"'],
    "numbers": [0, -1, 1.5, 2**53 - 1, 2**53 + 1, 2**60, 2**63 - 1, -(2**63), 1e308, 5e-324],
    "empty": ["", [], {}],
    "none": None,
    "a.b c": {"deep": {"deeper": [{"x": [False]}]}},
}


def root(experiment_id, name, at_ms=0, **options):
    start = FIRST_NS + at_ms * 1_000_000
    return mlflow.start_span_no_context(name, experiment_id=experiment_id, start_time_ns=start, **options)


def finish(span, after_ms=1, **options):
    span.end(end_time_ns=span.start_time_ns + after_ms * 1_000_000 + 7, **options)


def write_every_type(experiment_id):
    """A chain of spans, one of each type, each with values of every kind."""
    spans = [root(experiment_id, "every type", inputs=VALUES, tags={"kind": "types"}, metadata={"release": "1.0"})]
    for at, span_type in enumerate(SPAN_TYPES):
        child = mlflow.start_span_no_context(
            f"a {span_type.lower()} ü", span_type, parent_span=spans[-1], start_time_ns=FIRST_NS + at + 1
        )
        child.set_inputs({"at": at, **VALUES})
        child.set_attributes({f"own.{key}": value for key, value in VALUES.items()})
        spans.append(child)
    for span in reversed(spans):
        finish(span, 5, outputs=[span.name, VALUES])
    return spans[0].trace_id


def write_events_and_links(experiment_id, linked):
    span = root(experiment_id, "events and links", span_type="MY_OWN_TYPE", description="what it is for")
    attributes = {"text": "12", "int": 2**53 + 1, "float": 0.25, "flag": False, "list": ["a", "b"]}
    span.add_event(SpanEvent("progress", FIRST_NS + 17, attributes))
    span.add_event(SpanEvent("no attributes", FIRST_NS + 18))
    other = mlflow.get_trace(linked).data.spans[0]
    span.add_link(Link(linked, other.span_id, {"why": "example", "weight": 3}))
    span.add_link(Link(span.trace_id, span.span_id))
    child = mlflow.start_span_no_context("fails", "TOOL", parent_span=span)
    try:
        raise ValueError("no such tool: Ünïcode")
    except ValueError as error:
        child.record_exception(error)
    child.end()
    span.end(status="ERROR")
    return span.trace_id


def write_usage(experiment_id):
    """Two model calls with token counts, of a session and a user, with a picture."""
    with mlflow.start_span("chat", SpanType.AGENT) as span:
        mlflow.update_current_trace(
            tags={"env": "prod", "tag with space": "12"},
            metadata={"flag": "true"},
            client_request_id="request-7",
            request_preview="asked ü",
            response_preview="answered",
            session_id="session-1",
            user="user-1",
        )
        picture = Attachment(content_type="image/png", content_bytes=bytes(range(256)))
        span.set_inputs({"messages": [{"role": "user", "content": "look"}], "picture": picture})
        for tokens in (10, 20):
            usage = {"input_tokens": tokens, "output_tokens": tokens * 2, "total_tokens": tokens * 3}
            with mlflow.start_span("call", SpanType.CHAT_MODEL) as call:
                call.set_attributes({"mlflow.llm.model": "gpt-4o-mini", "mlflow.chat.tokenUsage": usage})
        span.set_outputs("done")
    return span.trace_id


def assess(trace_id, span_id):
    judge = AssessmentSource("LLM_JUDGE", "judge-model")
    person = AssessmentSource("HUMAN", "kari")
    for name, value in {"flag": False, "number": 0.5, "text": "12", "list": ["a"], "object": {"k": "v"}}.items():
        mlflow.log_feedback(trace_id=trace_id, name=name, value=value, rationale=f"why {name}", source=judge)
    failed = AssessmentError("E1", "it failed", "at line 1")
    mlflow.log_feedback(trace_id=trace_id, name="failed", error=failed, span_id=span_id, metadata={"a": "b"})
    for name, value in {"facts": ["x", 1], "answer": "42", "score": 2.5, "nested": {"n": {"m": [2**60]}}}.items():
        mlflow.log_expectation(trace_id=trace_id, name=name, value=value, source=person)
    first = mlflow.log_feedback(trace_id=trace_id, name="changing", value=1, source=person)
    mlflow.override_feedback(trace_id=trace_id, assessment_id=first.assessment_id, value=2, rationale="better")


def write_decorated(experiment_id):
    @mlflow.trace(name="divide", span_type="TOOL", attributes={"unit": "m"})
    def divide(a, b):
        return a / b

    divide(3, b=2)
    good = mlflow.get_last_active_trace_id()
    try:
        divide(1, 0)
    except ZeroDivisionError:
        pass
    return [good, mlflow.get_last_active_trace_id()]


def write_many(experiment_id, count):
    """Traces to search: start, duration, state, a tag and a metadatum of each follow from its number."""
    ids = []
    for n in range(count):
        tags, metadata = {"parity": "odd" if n % 2 else "even"}, {"third": str(n % 3)}
        span = root(experiment_id, f"number {n}", n * 1000, tags=tags, metadata=metadata)
        finish(span, 100 * (n + 1), status="ERROR" if n % 5 == 0 else "OK")
        ids.append(span.trace_id)
    return ids


def write_all(experiment_id, many_experiment_id, many):
    mlflow.set_experiment(experiment_id=experiment_id)
    types = write_every_type(experiment_id)
    mlflow.flush_trace_async_logging()
    usage = write_usage(experiment_id)
    written = {
        "types": types,
        "events": write_events_and_links(experiment_id, types),
        "usage": usage,
        "decorated": write_decorated(experiment_id),
        "many": write_many(many_experiment_id, many),
        "spanTypes": SPAN_TYPES,
    }
    mlflow.flush_trace_async_logging()
    assess(usage, mlflow.get_trace(usage).data.spans[0].span_id)
    return written


def create_run(experiment_id):
    return MlflowClient().create_run(experiment_id).info.run_id


def continue_trace(headers, experiment_id):
    """A span of a trace that began elsewhere."""
    mlflow.set_experiment(experiment_id=experiment_id)
    with set_tracing_context_from_http_request_headers(headers):
        with mlflow.start_span("Python's") as span:
            pass
        # MLflow 3.17.2 loses spans that are still in its queue when this context ends.
        mlflow.flush_trace_async_logging()
    return span.span_id


BEGUN = []


def begin_trace(experiment_id):
    """Begins a trace, which `end_trace` ends, and gives the headers by which others join it."""
    mlflow.set_experiment(experiment_id=experiment_id)
    context = mlflow.start_span("Python's")
    span = context.__enter__()
    BEGUN.append(context)
    return {
        "headers": get_tracing_context_headers_for_http_request(),
        "traceId": span.trace_id,
        "spanId": span.span_id,
    }


def end_trace():
    BEGUN.pop().__exit__(None, None, None)
    mlflow.flush_trace_async_logging()
