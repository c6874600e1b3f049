import { flushTraces, getLastActiveTraceId, init, MlflowClient, type Span, type Trace } from "mlflow-tracing";
import { afterEach, beforeEach } from "vitest";
import { FakeTrackingServer } from "../../../../core/src/testing/fake-tracking-server.js";

/** What a test may ask of the traces that it made. */
export interface RecordedTraces {
  last(): Promise<Trace>;
  byId(id: string): Promise<Trace>;
  /** The only span of the last trace. */
  onlySpan(): Promise<Span>;
  /** The last trace as lines of `name` indented by depth. */
  tree(): Promise<string[]>;
}

/** Gives each test of a file a tracking server of its own. */
export function recordTraces(): RecordedTraces {
  let server = new FakeTrackingServer();
  let undo = (): void => {};
  beforeEach(() => {
    server = new FakeTrackingServer();
    undo = server.install();
    init({ trackingUri: server.uri, experimentId: "1" });
  });
  afterEach(async () => {
    await flushTraces();
    undo();
  });
  const byId = async (id: string): Promise<Trace> => {
    await flushTraces();
    return new MlflowClient({ trackingUri: server.uri }).getTrace(id);
  };
  const last = (): Promise<Trace> => byId(getLastActiveTraceId() ?? "");
  return { byId, last, onlySpan: async () => only(await last()), tree: async () => treeOf(await last()) };
}

function only({ data: { spans } }: Trace): Span {
  const [span] = spans;
  if (!span || spans.length > 1) throw new Error(`expected one span, not ${spans.map(({ name }) => name).join()}`);
  return span;
}

function treeOf({ data: { spans } }: Trace): string[] {
  const depth = (span: Span): number => {
    const parent = spans.find(({ spanId }) => spanId === span.parentId);
    return parent ? depth(parent) + 1 : 0;
  };
  return spans.map((span) => `${"  ".repeat(depth(span))}${span.name} ${span.spanType}`);
}
