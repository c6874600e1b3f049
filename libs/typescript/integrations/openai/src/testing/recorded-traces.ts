import { flushTraces, getLastActiveTraceId, init, MlflowClient, type Span, type Trace } from "mlflow-tracing";
import { afterEach, beforeEach } from "vitest";
import { FakeTrackingServer } from "../../../../core/src/testing/fake-tracking-server.js";
import { type TracedOpenAIOptions, tracedOpenAI } from "../traced-openai.js";
import { type Reply, type SeenCall, scriptedOpenAI } from "./scripted-openai.js";

let server: FakeTrackingServer;

/** Records the traces of each test of the file with a tracking server of its own. */
export function recordTraces(): void {
  let undo: () => void;
  beforeEach(() => {
    server = new FakeTrackingServer();
    undo = server.install();
    init({ trackingUri: server.uri, experimentId: "1" });
  });
  afterEach(async () => {
    await flushTraces();
    undo();
  });
}

/** A traced client whose provider gives `replies` one after the other. */
export function traced(...replies: Reply[]): ReturnType<typeof scriptedOpenAI> & { original: object } {
  return tracedWith({}, ...replies);
}

export function tracedWith(
  options: TracedOpenAIOptions,
  ...replies: Reply[]
): ReturnType<typeof scriptedOpenAI> & { original: object; calls: SeenCall[] } {
  const { client, calls } = scriptedOpenAI(replies);
  return { original: client, client: tracedOpenAI(client, options), calls };
}

export async function readTrace(id = getLastActiveTraceId() ?? ""): Promise<Trace> {
  await flushTraces();
  return new MlflowClient({ trackingUri: server.uri }).getTrace(id);
}

/** The only span of the only trace. */
export async function onlySpan(): Promise<Span> {
  const { spans } = (await readTrace()).data;
  const [span] = spans;
  if (!span || spans.length > 1 || server.infos.size > 1) {
    throw new Error(`${server.infos.size} traces, the last one with ${spans.length} spans`);
  }
  return span;
}

/** How many traces the server has. */
export async function countTraces(): Promise<number> {
  await flushTraces();
  return server.infos.size;
}
