import type { MockReply, MockRequest, MockService } from "../contract";
import { answerArtifacts, proxyPath } from "./artifact-routes";
import { ArtifactStore } from "./artifacts";
import { ApiFailure } from "./error";
import { experimentRoutes } from "./experiment-routes";
import { ExperimentStore } from "./experiments";
import { FILE_STORE_OTLP_ROUTES, otlpRoutes } from "./otlp/otlp-routes";
import { toStoredSpan } from "./otlp/write-span";
import { readSpans, type StoredSpan } from "./read-back";
import { Router } from "./router";
import { SERVER_ROUTES } from "./server-routes";
import { ARTIFACT_LOCATION_TAG, type TraceInfo, traceInfoJson } from "./trace-info";
import { traceRoutes } from "./trace-routes";
import { TraceStore } from "./traces";

export interface TrackingServerOptions {
  /** Hosts that it answers; `localhost:5000` and `127.0.0.1:5000` by default. */
  readonly hosts?: readonly string[];
  /** Where experiments keep their artifacts. Only below `mlflow-artifacts:` can they be read back, as on the real server. */
  readonly artifactRoot?: string;
  /** Whether it takes spans at `/v1/traces`, `true` by default; else it answers 501, as a server with a file store does. */
  readonly otlp?: boolean;
  /** Most traces, and most bytes of infos with their spans and of artifacts each, that are kept; the oldest go first. */
  readonly limits?: { readonly traces?: number; readonly bytes?: number };
}

/** What the limits cost. */
export interface DroppedTraces {
  readonly traces: number;
  readonly bytes: number;
}

/** An info in the REST API's JSON with its spans, in the form of `traces.json`; nanoseconds are decimal strings. */
export interface StoredTrace {
  readonly info: Readonly<Record<string, unknown>>;
  readonly spans: readonly StoredSpan[];
}

export interface TrackingServer extends MockService {
  /** Everything that was received, oldest first. */
  list(): StoredTrace[];
  /** The same as `{info, data: {spans}}`, as trace viewers read it. */
  traces(): { info: StoredTrace["info"]; data: { spans: StoredTrace["spans"] } }[];
  /** What had to go to stay within the limits. */
  dropped(): DroppedTraces;
}

const LIMITS = { traces: 500, bytes: 16_000_000 };

/**
 * An MLflow tracking server in memory, as far as tracing clients use one: experiments, traces, tags, artifacts.
 * Spans come by OTLP, in JSON or protobuf, or as `traces.json`.
 *
 * @example
 * const server = createTrackingServer();
 * const fetch = createMockFetch({ services: [server], clock: realClock });
 * // … the program exports its traces …
 * server.traces(); // [{ info, data: { spans } }]
 */
export function createTrackingServer(options: TrackingServerOptions = {}): TrackingServer {
  const core = new TrackingServerCore(options);
  const list = (): StoredTrace[] => core.list();
  return {
    name: "tracking-server",
    title: "MLflow tracking server",
    hosts: options.hosts ?? ["localhost:5000", "127.0.0.1:5000"],
    handle: (request) => core.handle(request),
    list,
    traces: () => list().map(({ info, spans }) => ({ info, data: { spans } })),
    dropped: () => core.dropped(),
  };
}

class TrackingServerCore {
  readonly #traces: TraceStore;
  readonly #artifacts: ArtifactStore;
  readonly #router: Router;
  #droppedTraces = 0;
  #droppedBytes = 0;

  constructor({ artifactRoot = "mlflow-artifacts:", otlp = true, limits }: TrackingServerOptions) {
    const { traces, bytes } = { ...LIMITS, ...limits };
    const experiments = new ExperimentStore(artifactRoot);
    this.#artifacts = new ArtifactStore(bytes, (size) => {
      this.#droppedBytes += size;
    });
    this.#traces = new TraceStore({
      experiments,
      limits: { traces, bytes },
      onDrop: (info, size) => this.#drop(info, size),
    });
    this.#router = new Router({
      ...SERVER_ROUTES,
      ...(otlp ? otlpRoutes(this.#traces) : FILE_STORE_OTLP_ROUTES),
      ...experimentRoutes(experiments),
      ...traceRoutes(this.#traces, this.#artifacts),
      "* /api/2.0/mlflow-artifacts/artifacts": ({ request }) => answerArtifacts(this.#artifacts, request, ""),
      "* /api/2.0/mlflow-artifacts/artifacts/:path*": ({ request }) =>
        answerArtifacts(this.#artifacts, request, artifactPath(request)),
    });
  }

  handle(request: MockRequest): MockReply {
    try {
      if (request.headers["x-mlflow-workspace"] !== undefined) throw noWorkspaces();
      return this.#router.answer(request);
    } catch (error) {
      if (error instanceof ApiFailure) return error.toReply();
      return new ApiFailure("INTERNAL_ERROR", error instanceof Error ? error.message : String(error)).toReply();
    }
  }

  list(): StoredTrace[] {
    return this.#traces.all().map((info) => ({ info: traceInfoJson(info), spans: this.#spansOf(info) }));
  }

  /** As soon as there are spans in the database, an uploaded file does not count. */
  #spansOf(info: TraceInfo): StoredSpan[] {
    const spans = this.#traces.spansOf(info.id);
    if (spans.length > 0) return spans.map(toStoredSpan);
    const file = artifactFile(info, "traces.json");
    return readSpans(file === undefined ? undefined : this.#artifacts.read(file));
  }

  dropped(): DroppedTraces {
    return { traces: this.#droppedTraces, bytes: this.#droppedBytes };
  }

  #drop(info: TraceInfo, infoBytes: number): void {
    const directory = artifactFile(info, "");
    const artifactBytes = directory === undefined ? 0 : this.#artifacts.remove(directory.replace(/\/$/, ""));
    this.#droppedTraces++;
    this.#droppedBytes += infoBytes + artifactBytes;
  }
}

/** Still percent-encoded: it is decoded once, after the slashes that count have been found. */
function artifactPath({ url }: MockRequest): string {
  return url.pathname.slice(url.pathname.indexOf("/artifacts/") + "/artifacts/".length);
}

function artifactFile(info: TraceInfo, file: string): string | undefined {
  try {
    return proxyPath(info.tags.get(ARTIFACT_LOCATION_TAG) ?? "", file);
  } catch {
    return undefined;
  }
}

function noWorkspaces(): ApiFailure {
  return new ApiFailure(
    "FEATURE_DISABLED",
    "Workspace APIs are not available: workspaces are not enabled on this server",
  );
}
