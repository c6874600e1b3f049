import { type CallRecorder, getCurrentActiveSpan, type MethodWrapper } from "mlflow-tracing";
import { API_CALLS, startApiCall } from "./api-calls.js";
import type { RequestRecording } from "./record-request.js";

/** Gives a view of the client in which requests are recorded with spans that `start` starts. */
export type RequestingView = (start: RequestRecording["start"]) => object;

/**
 * Wrappers for the client's helpers. They send their requests by `create` of their client, so they are run with a client whose
 * requests are recorded: each request has its own span, with the answer as the API gave it.
 */
export function helperWrappers(client: object, view: RequestingView): Record<string, MethodWrapper> {
  return {
    "chat.completions.parse": requestingHelper(client, "chat.completions.parse", view),
    "chat.completions.runTools": requestingHelper(client, "chat.completions.runTools", view),
    "responses.parse": requestingHelper(client, "responses.parse", view),
    "chat.completions.stream": streamHelper(client, "chat.completions", view),
    "responses.stream": streamHelper(client, "responses", view),
  };
}

/** A helper that sends any number of requests, now or later. */
function requestingHelper(client: object, path: string, view: RequestingView): MethodWrapper {
  return (_call, args) => {
    const parent = getCurrentActiveSpan();
    const inner = view((apiCall, request) => startApiCall(apiCall, request, parent));
    return callWithClient(client, path, inner, args);
  };
}

/** A helper that sends one request a moment later. Its span starts with the call, to be in the trace that is open then. */
function streamHelper(client: object, resource: string, view: RequestingView): MethodWrapper {
  const apiCall = API_CALLS.get(`${resource}.create`);
  return (call, args) => {
    if (!apiCall || isReplay(args[0])) return call(...args);
    const recorder = startApiCall(apiCall, streamed(args[0]));
    if (!recorder) return call(...args);
    const inner = view(() => recorder);
    const helper = recorder.run(() => callWithClient(client, `${resource}.stream`, inner, args));
    endWithHelper(helper, recorder);
    return helper;
  };
}

/** The request as the helper sends it; one that cannot be read is for the helper to refuse. */
function streamed(request: unknown): unknown {
  try {
    return { ...(request as object | undefined), stream: true };
  } catch {
    return request;
  }
}

/** Reading a stored response again asks no model. */
function isReplay(request: unknown): boolean {
  return typeof request === "object" && request !== null && "response_id" in request;
}

/** Calls the method at `path` of `client` on a resource that is as it was, but for the client that it sends requests with. */
function callWithClient(client: object, path: string, inner: object, args: unknown[]): unknown {
  const keys = path.split(".");
  const method = keys.pop() ?? "";
  const resource = keys.reduce((owner, key) => Reflect.get(owner, key) as object, client);
  const view = Object.create(resource, { _client: { value: inner } }) as Record<string, () => unknown>;
  return Reflect.apply(Reflect.get(resource, method) as () => unknown, view, args);
}

/** The client's stream helper, as far as it is needed; all of it public. */
interface StreamHelper {
  on?(event: "end", listener: () => void): unknown;
  done(): Promise<void>;
}

/**
 * Ends the span when the helper has come to its end without a request. Listens to `end` alone: a listener for `error` or
 * `abort` would keep the helper from reporting a failure that the program does not handle.
 */
function endWithHelper(helper: unknown, recorder: CallRecorder): void {
  const { on } = helper as StreamHelper;
  if (typeof on !== "function") return;
  on.call(helper, "end", () => {
    if (recorder.ended) return;
    // The helper is at its end already, so this only fetches the error and takes it from nobody.
    (helper as StreamHelper).done().then(
      () => recorder.finish(),
      (error: unknown) => recorder.fail(error),
    );
  });
}
