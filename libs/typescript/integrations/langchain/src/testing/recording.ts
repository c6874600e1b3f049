import { flushTraces, getLastActiveTraceId, init, MlflowClient, type Span, type Trace } from "mlflow-tracing";
import { FakeTrackingServer } from "../../../../core/src/testing/fake-tracking-server.js";

/** A tracking server to record to. */
export interface Recording {
  /** The trace that was finished last. */
  trace(): Promise<Trace>;
  /** Its spans, as `parent > name TYPE`. */
  tree(): Promise<string[]>;
  /** Its first span of this name. */
  span(name: string): Promise<Span>;
  stop(): Promise<void>;
}

export function startRecording(): Recording {
  const server = new FakeTrackingServer();
  const undo = server.install();
  init({ trackingUri: server.uri, experimentId: "1" });
  const trace = async () => {
    await flushTraces();
    return new MlflowClient({ trackingUri: server.uri }).getTrace(getLastActiveTraceId() ?? "");
  };
  return {
    trace,
    async tree() {
      const { spans } = (await trace()).data;
      const nameOf = (id: string | null) => spans.find(({ spanId }) => spanId === id)?.name ?? "";
      return spans.map(({ name, parentId, spanType }) => `${nameOf(parentId)} > ${name} ${spanType}`);
    },
    async span(name) {
      const { spans } = (await trace()).data;
      const found = spans.find((span) => span.name === name);
      if (!found) throw new Error(`no span ${name} among ${spans.map((span) => span.name).join(", ")}`);
      return found;
    },
    async stop() {
      await flushTraces();
      undo();
    },
  };
}
