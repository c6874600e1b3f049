import { context, type Span as OtelSpan, trace as otel } from "@opentelemetry/api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CallRecorder,
  getCurrentActiveSpan,
  getLastActiveTraceId,
  InMemoryTraceExporter,
  InMemoryTraceManager,
  init,
  type LiveSpan,
  MlflowSpanProcessor,
  moveAttachments,
  observeIterator,
  PassThroughTracerProvider,
  recordPromise,
  registerOnSpanEndHook,
  registerOnSpanStartHook,
  Span,
  SpanEvent,
  SpanLink,
  SpanStatus,
  setDiagnosticSink,
  startCall,
  startSpan,
  Trace,
  TraceData,
  TraceInfo,
  trace,
  tracingContext,
  updateCurrentTrace,
  withActiveSpan,
  withSpan,
  wrapMethods,
} from "./index.js";
import { safeStringify } from "./json/safe-json.js";
import { hostile } from "./testing/hostile-values.js";
import { isPromise } from "./tracing/is-promise.js";

const RUNS = 1_000;
const exporter = new InMemoryTraceExporter();
let undo: () => void;
beforeAll(() => {
  undo = setDiagnosticSink(() => {});
  init({ exporter });
});
afterAll(() => undo());

type Call = (a: never, b: never, c: never) => unknown;

/** What a server could have sent. */
const json = (value: unknown): unknown => JSON.parse(safeStringify(value));
/** A promise that rejects would be nobody's, and a thenable is not for `await`. */
const unlessPromise = (value: unknown): unknown => (isPromise(value) || hasThen(value) ? 1 : value);
const hasThen = (value: unknown): boolean => {
  try {
    return typeof (value as { then?: unknown })?.then === "function";
  } catch {
    return true;
  }
};

/** Runs `use` with a span that is ended afterwards; the trace must then be whole JSON. */
const onSpan =
  (use: (span: LiveSpan, a: never, b: never, c: never) => unknown): Call =>
  (a, b, c) => {
    const span = startSpan({ name: "span" });
    use(span, a, b, c);
    span.end();
    JSON.parse(safeStringify(span.toJson()));
  };
/** Runs `use` on a span of OpenTelemetry's API, as other libraries do. */
const onOtel =
  (use: (span: OtelSpan, a: never, b: never) => unknown): Call =>
  (a, b) => {
    const span = otel.getTracer("library").startSpan("native");
    use(span, a, b);
    span.end();
  };

const CALLS: Record<string, Call> = {
  "startSpan with anything": (a) => startSpan(a).end(),
  "startSpan: name": (name) => startSpan({ name }).end(),
  "startSpan: type": (spanType) => startSpan({ name: "x", spanType }).end(),
  "startSpan: inputs": (inputs) => startSpan({ name: "x", inputs }).end(),
  "startSpan: attributes": (attributes) => startSpan({ name: "x", attributes }).end(),
  "startSpan: start time": (startTimeNs) => startSpan({ name: "x", startTimeNs }).end(),
  "startSpan: parent": (parent) => startSpan({ name: "x", parent }).end(),
  "withSpan: result": (result) => withSpan(() => unlessPromise(result)),
  "withSpan: options": (options) => withSpan(() => 1, options),
  "trace: arguments and result": (a, b, c) => trace((...args: unknown[]) => void args)(a, b, c),
  "trace: named parameters": (a, b) => trace((x: unknown, y: unknown) => void [x, y])(a, b),
  "trace: destructured parameters": (a) => trace(({ x }: { x?: unknown }) => x)({ x: a }),
  "trace: sync generator": (a) => [
    ...trace(function* () {
      yield a;
    })(),
  ],
  "span.setSpanType": onSpan((span, a) => span.setSpanType(a)),
  "span.setInputs": onSpan((span, a) => span.setInputs(a)),
  "span.setOutputs": onSpan((span, a) => span.setOutputs(a)),
  "span.setAttribute: key": onSpan((span, a) => span.setAttribute(a, 1)),
  "span.setAttribute: value": onSpan((span, a) => span.setAttribute("k", a)),
  "span.setAttributes": onSpan((span, a) => span.setAttributes(a)),
  "span.addEvent with anything": onSpan((span, a) => span.addEvent(a)),
  "span.addEvent: attributes": onSpan((span, a) => span.addEvent(new SpanEvent({ name: "e", attributes: { a } }))),
  "span.addEvent: time": onSpan((span, timestamp) => span.addEvent(new SpanEvent({ name: "e", timestamp }))),
  "span.addLink with anything": onSpan((span, a) => span.addLink(a)),
  "span.addLink: ids": onSpan((span, traceId, spanId) => span.addLink(new SpanLink({ traceId, spanId }))),
  "span.addLink: attributes": onSpan((span, a) =>
    span.addLink(new SpanLink({ traceId: "tr-1", spanId: "2", attributes: { a } })),
  ),
  "span.recordException": onSpan((span, a) => span.recordException(a)),
  "span.setStatus": onSpan((span, a, b) => span.setStatus(a, b)),
  "span.end with anything": onSpan((span, a) => span.end(a)),
  "span.end: outputs": onSpan((span, outputs) => span.end({ outputs })),
  "span.end: attributes": onSpan((span, attributes) => span.end({ attributes })),
  "span.end: status": onSpan((span, status) => span.end({ status })),
  "span.end: time": onSpan((span, endTimeNs) => span.end({ endTimeNs })),
  "span.getAttribute": onSpan((span, a) => span.getAttribute(a)),
  "span: after its end": (a) => {
    const span = startSpan({ name: "x" });
    span.end();
    span.setInputs(a);
    span.addEvent(a);
    span.setStatus(a);
    span.end(a);
  },
  "a span that records nothing": (a) =>
    tracingContext({ enabled: false }, () => {
      const span = startSpan({ name: "x", inputs: a });
      span.setOutputs(a);
      span.addEvent(a);
      span.end(a);
    }),
  "OpenTelemetry: setAttribute": onOtel((span, a, b) => span.setAttribute(a, b)),
  "OpenTelemetry: setAttributes": onOtel((span, a) => span.setAttributes({ a })),
  "OpenTelemetry: addEvent": onOtel((span, a, b) => span.addEvent("e", a, b)),
  "OpenTelemetry: setStatus": onOtel((span, a) => span.setStatus({ code: a })),
  "OpenTelemetry: updateName": onOtel((span, a) => span.updateName(a)),
  "OpenTelemetry: recordException": onOtel((span, a) => span.recordException(a)),
  "OpenTelemetry: end": onOtel((span, a) => span.end(a)),
  "OpenTelemetry: mlflow keys": onOtel((span, a) => span.setAttribute("mlflow.spanInputs", a)),
  "tracingContext: options": (options) => tracingContext(options, () => withSpan(() => 1)),
  "tracingContext: metadata and tags": (a, b) =>
    tracingContext({ metadata: { a }, tags: { b } }, () => withSpan(() => 1)),
  "updateCurrentTrace: tags and metadata": (a, b) =>
    withSpan(() => updateCurrentTrace({ tags: { a }, metadata: { b }, clientRequestId: a })),
  "updateCurrentTrace outside": () => updateCurrentTrace({}),
  "hooks that throw anything": (a) => {
    const fail = () => {
      throw a;
    };
    const undos = [registerOnSpanStartHook(fail), registerOnSpanEndHook(fail)];
    withSpan(() => 1);
    for (const undoHook of undos) undoHook();
  },
  "a sink that throws": (a) => {
    const back = setDiagnosticSink(() => {
      throw a;
    });
    updateCurrentTrace({});
    back();
  },
  "SpanEvent.fromException": (a) => SpanEvent.fromException(a).toJson(),
  SpanStatus: (a) => new SpanStatus(a).toJson(),
  "Span.fromJson": (a) => Span.fromJson(json(a)).toJson(),
  "Span.fromJson: parts": (a, b, c) =>
    Span.fromJson({ attributes: { a: json(a) }, events: [json(b)], links: [json(c)], status: json(a) }).toJson(),
  "TraceData.fromJson": (a) => TraceData.fromJson({ spans: [json(a)] }).toJson(),
  "Trace.fromJson": (a, b) => Trace.fromJson({ info: json(a), data: json(b) }),
  "TraceInfo.fromJson": (a, b) =>
    TraceInfo.fromJson({ tags: json(a), trace_metadata: json(b), request_time: json(a), assessments: [json(b)] }),
  safeStringify: (a) => JSON.parse(safeStringify(a)),
  moveAttachments: onSpan((span, a) => moveAttachments(span, a)),
  startCall: (a) => startCall({ name: "call", inputs: a })?.finish(a),
  "startCall: usage reader": (a) => startCall({ name: "call", readUsage: () => a })?.finish({}),
  "CallRecorder.fail": (a, b) => new CallRecorder(startSpan({ name: "call" })).fail(a, b),
  "observeIterator: parts": (a) => {
    const recorder = startCall({ name: "call" });
    const source = { next: async () => ({ done: true, value: a }) } as AsyncIterator<unknown>;
    if (recorder) void observeIterator(source, recorder, { add: () => {}, snapshot: () => a }).next();
  },
  recordPromise: (a) => {
    const recorder = startCall({ name: "call" });
    if (recorder) void recordPromise(Promise.resolve(unlessPromise(a)), recorder).then(() => {});
  },
  "wrapMethods: arguments": (a, b) => wrapMethods({ m: (...args: unknown[]) => void args }, {}).m(a, b),
  InMemoryTraceManager: (a) => {
    const manager = InMemoryTraceManager.getInstance();
    manager.getTraceByOtelId(a);
    manager.getMlflowTraceIdFromOtelId(a);
    manager.isFinished(a);
  },
  MlflowSpanProcessor: (a, b) => {
    const processor = new MlflowSpanProcessor();
    processor.onStart(a, b);
    processor.onEnding(a);
    processor.onEnd(a);
  },
  PassThroughTracerProvider: (a) => new PassThroughTracerProvider().getTracer().startSpan(a),
  "reading what is current": () => [getCurrentActiveSpan(), getLastActiveTraceId()],
  withActiveSpan: onSpan((span, a) => withActiveSpan(span, () => a)),
  "an unknown context": (a) => context.with(context.active().setValue(Symbol("k"), a), () => withSpan(() => 1)),
};

describe("no public call throws, whatever it is given", () => {
  it.each(Object.entries(CALLS))("%s", (_name, call) => {
    fc.assert(
      fc.property(hostile(), hostile(), hostile(), (a, b, c) => void call(a() as never, b() as never, c() as never)),
      { numRuns: RUNS },
    );
    exporter.clear();
  });

  it("covers at least 50 calls", () => expect(Object.keys(CALLS).length).toBeGreaterThanOrEqual(50));

  it("would notice one that does", () => {
    const careless: Call = (a) => JSON.stringify(a);
    const property = fc.property(hostile(), (a) => void careless(a() as never, a() as never, a() as never));
    expect(() => fc.assert(property, { numRuns: RUNS })).toThrow();
  });
});

describe("what the program throws comes out as the very same", () => {
  const same = (run: (thrown: unknown) => unknown) => (make: () => unknown) => {
    const thrown = make();
    try {
      run(thrown);
    } catch (caught) {
      return Object.is(caught, thrown);
    }
    return false;
  };
  it.each<[string, (thrown: unknown) => unknown]>([
    ["withSpan", (thrown) => withSpan(() => raise(thrown))],
    ["trace", (thrown) => trace(() => raise(thrown))()],
    ["tracingContext", (thrown) => tracingContext({}, () => raise(thrown))],
    [
      "a generator",
      (thrown) => [
        ...trace(function* () {
          yield raise(thrown);
        })(),
      ],
    ],
    ["CallRecorder.run", (thrown) => startCall({ name: "x" })?.run(() => raise(thrown))],
  ])("%s", (_name, run) => {
    fc.assert(fc.property(hostile(), same(run)), { numRuns: RUNS });
  });

  it("asynchronously too", async () => {
    const property = fc.asyncProperty(hostile(), async (make) => {
      const thrown = make();
      const caught = await withSpan(() => Promise.reject(thrown)).then(
        () => "fulfilled",
        (error: unknown) => ({ error }),
      );
      return typeof caught === "object" && Object.is(caught.error, thrown);
    });
    await fc.assert(property, { numRuns: RUNS });
  });
});

function raise(thrown: unknown): never {
  throw thrown;
}
