import type { AuthProvider, HeadersProvider } from "../auth/auth-provider.js";
import { type AuthOptions, createAuthProvider } from "../auth/create-auth-provider.js";
import { TraceTagKey } from "../constants.js";
import { traceDataFromOtlpJson } from "../entities/otlp-json.js";
import { Trace } from "../entities/trace.js";
import { TraceData } from "../entities/trace-data.js";
import { TraceInfo } from "../entities/trace-info.js";
import { asList, asRecord, asText } from "../json/read.js";
import { traceArtifactUrl } from "./artifacts.js";
import { type HttpRequest, requestJson, requestText } from "./http.js";
import { MlflowHttpError } from "./http-error.js";

/** How to reach a tracking server: its URI, and an auth provider or the credentials for one. */
export interface MlflowClientOptions extends AuthOptions {
  authProvider?: AuthProvider;
}

/** An experiment, as far as tracing needs it. */
export interface Experiment {
  experimentId: string;
  name: string;
  tags: Record<string, string>;
}

/**
 * Talks to an MLflow tracking server. Methods reject with `MlflowHttpError` when the server refuses, and with `Error` when
 * it does not answer.
 *
 * @example
 * const client = new MlflowClient({ trackingUri: "http://localhost:5000" });
 * const trace = await client.getTrace("tr-0123456789abcdef0123456789abcdef");
 */
export class MlflowClient {
  readonly #auth: AuthProvider;
  readonly #headers: HeadersProvider;

  constructor({ authProvider, ...options }: MlflowClientOptions) {
    this.#auth = authProvider ?? createAuthProvider(options);
    this.#headers = this.#auth.getHeadersProvider();
  }

  getHost(): string {
    return this.#auth.getHost();
  }

  /** Starts or updates a trace; resolves to the server's copy, which says where the spans belong. */
  async createTrace(info: TraceInfo): Promise<TraceInfo> {
    const answer = await this.#json("POST", "/api/3.0/mlflow/traces", { trace: { trace_info: info.toJson() } });
    return readTraceInfo(answer);
  }

  async getTraceInfo(traceId: string): Promise<TraceInfo> {
    return readTraceInfo(await this.#json("GET", `/api/3.0/mlflow/traces/${encodeURIComponent(traceId)}`));
  }

  /** The trace with its spans, wherever the server keeps them: in its own store or as an artifact. */
  async getTrace(traceId: string): Promise<Trace> {
    const info = await this.getTraceInfo(traceId);
    if (info.tags[TraceTagKey.SPANS_LOCATION] === "TRACKING_STORE")
      return new Trace(info, await this.#storedSpans(traceId));
    const url = traceArtifactUrl(this.#base(), info);
    return new Trace(info, TraceData.fromJson(await requestJson({ method: "GET", url }, this.#headers)));
  }

  /** Stores the spans as `traces.json` where `info` says. */
  async uploadTraceData(info: TraceInfo, data: TraceData): Promise<void> {
    const url = traceArtifactUrl(this.#base(), info);
    await requestText({ method: "PUT", url, body: data.toJson() }, this.#headers);
  }

  /** @returns the id of the new experiment */
  async createExperiment(name: string, artifactLocation?: string, tags?: Record<string, string>): Promise<string> {
    const list = Object.entries(tags ?? {}).map(([key, value]) => ({ key, value }));
    const body = { name, artifact_location: artifactLocation, tags: list.length > 0 ? list : undefined };
    const answer = asRecord(await this.#json("POST", "/api/2.0/mlflow/experiments/create", body));
    return asText(answer.experiment_id) ?? "";
  }

  /** @returns `null` when there is no such experiment */
  async getExperiment(experimentId: string): Promise<Experiment | null> {
    return this.#experiment(`get?experiment_id=${encodeURIComponent(experimentId)}`);
  }

  /** @returns `null` when there is no such experiment */
  async getExperimentByName(name: string): Promise<Experiment | null> {
    return this.#experiment(`get-by-name?experiment_name=${encodeURIComponent(name)}`);
  }

  async deleteExperiment(experimentId: string): Promise<void> {
    await this.#json("POST", "/api/2.0/mlflow/experiments/delete", { experiment_id: experimentId });
  }

  async #experiment(query: string): Promise<Experiment | null> {
    try {
      const answer = asRecord(await this.#json("GET", `/api/2.0/mlflow/experiments/${query}`));
      return readExperiment(asRecord(answer.experiment));
    } catch (error) {
      const unknown =
        error instanceof MlflowHttpError && (error.status === 404 || error.errorCode === "RESOURCE_DOES_NOT_EXIST");
      if (unknown) return null;
      throw error;
    }
  }

  async #storedSpans(traceId: string): Promise<TraceData> {
    const answer = asRecord(
      await this.#json("GET", `/api/3.0/mlflow/traces/get?trace_id=${encodeURIComponent(traceId)}`),
    );
    return traceDataFromOtlpJson(asRecord(answer.trace).spans);
  }

  #base(): string {
    return this.getHost().replace(/\/+$/, "");
  }

  #json(method: HttpRequest["method"], path: string, body?: unknown): Promise<unknown> {
    return requestJson({ method, url: this.#base() + path, body }, this.#headers);
  }
}

function readTraceInfo(answer: unknown): TraceInfo {
  const info = asRecord(asRecord(answer).trace).trace_info;
  if (typeof info !== "object" || info === null) throw new Error("The server's answer has no trace.trace_info");
  return TraceInfo.fromJson(info);
}

function readExperiment(json: Record<string, unknown>): Experiment {
  const tags = asList(json.tags).map((tag) => [asText(asRecord(tag).key) ?? "", asText(asRecord(tag).value) ?? ""]);
  return {
    experimentId: asText(json.experiment_id) ?? "",
    name: asText(json.name) ?? "",
    tags: Object.fromEntries(tags),
  };
}
