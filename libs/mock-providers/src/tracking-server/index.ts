export {
  createTrackingServer,
  type DroppedTraces,
  type StoredTrace,
  type TrackingServer,
  type TrackingServerOptions,
} from "./server";
