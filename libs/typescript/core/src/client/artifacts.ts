import { TraceTagKey } from "../constants.js";
import type { TraceInfo } from "../entities/trace-info.js";

/**
 * URL of a trace's `traces.json` at the artifact proxy of the tracking server.
 *
 * @throws Error when the trace has no artifact location, or one that the proxy does not serve
 */
export function traceArtifactUrl(host: string, info: TraceInfo): string {
  const location = info.tags[TraceTagKey.MLFLOW_ARTIFACT_LOCATION];
  if (!location) throw new Error(`Artifact location not found in trace tags of ${info.traceId}`);
  const path = /^mlflow-artifacts:(?:\/\/[^/]*)?(\/.*)$/.exec(location)?.[1];
  if (path === undefined) {
    throw new Error(
      `Artifacts at ${location} cannot be reached: only locations of the form mlflow-artifacts:/… are served`,
    );
  }
  return `${host}/api/2.0/mlflow-artifacts/artifacts${path.replace(/\/+$/, "")}/traces.json`;
}
