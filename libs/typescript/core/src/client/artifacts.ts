import { ARTIFACT_LOCATION_TAG } from "../attribute-keys.js";
import type { TraceInfo } from "../entities/trace-info.js";

/** Path of the artifact proxy below a tracking server's URL. */
const PROXY = "/api/2.0/mlflow-artifacts/artifacts";

/**
 * URL of a file of a trace at the artifact proxy of the tracking server.
 *
 * @param file `traces.json`, or `attachments/<uuid>`
 * @throws Error when the trace has no artifact location, or one that the proxy does not serve
 */
export function traceArtifactUrl(
  host: string,
  info: Pick<TraceInfo, "traceId" | "tags">,
  file = "traces.json",
): string {
  const location = info.tags[ARTIFACT_LOCATION_TAG];
  if (!location) throw new Error(`Artifact location not found in trace tags of ${info.traceId}`);
  const path = proxiedPath(location);
  if (path === undefined) {
    throw new Error(
      `Artifacts at ${location} cannot be reached: only locations of the form mlflow-artifacts:/… are served. ` +
        "Start the server with --serve-artifacts and --artifacts-destination instead of --default-artifact-root.",
    );
  }
  return `${host}${PROXY}${path.replace(/\/+$/, "")}/${file}`;
}

/** Whether the artifact proxy of the tracking server serves the files of a trace. */
export function isProxied(info: TraceInfo): boolean {
  return proxiedPath(info.tags[ARTIFACT_LOCATION_TAG] ?? "") !== undefined;
}

function proxiedPath(location: string): string | undefined {
  return /^mlflow-artifacts:(?:\/\/[^/]*)?(\/.*)$/.exec(location)?.[1];
}
