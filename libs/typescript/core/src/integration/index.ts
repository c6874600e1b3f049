/** What integrations of providers are built of; public, so that yours can be too. */
export { type ApiPromiseReceiver, recordPromise } from "./api-promise.js";
export { moveAttachments } from "./attach.js";
export { type CallOptions, CallRecorder, startCall } from "./call-recorder.js";
export {
  type ControlledStream,
  isControlledStream,
  observeIterator,
  observeStream,
  type StreamAccumulator,
} from "./observed-stream.js";
export {
  type HeadersLike,
  hasTraceparent,
  sendsTraceparent,
  traceparentOf,
  withTraceparent,
} from "./traceparent.js";
