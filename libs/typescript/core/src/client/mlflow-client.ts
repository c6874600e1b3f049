import { databricks } from "#databricks";
import type { AuthProvider } from "../auth/auth-provider.js";
import { type AuthOptions, createAuthProvider } from "../auth/create-auth-provider.js";
import { isDatabricksUri } from "../auth/databricks-uri.js";
import type { Assessment, OpaqueAssessment } from "../entities/assessment.js";
import { Expectation } from "../entities/assessment-expectation.js";
import { Feedback } from "../entities/assessment-feedback.js";
import type { Span } from "../entities/span.js";
import { Trace } from "../entities/trace.js";
import type { TraceData } from "../entities/trace-data.js";
import type { TraceInfo } from "../entities/trace-info.js";
import type { Attachment } from "../export/trace-exporter.js";
import * as assessments from "./assessments.js";
import * as attachments from "./attachments.js";
import type { Connection } from "./connection.js";
import * as experiments from "./experiments.js";
import * as management from "./manage-traces.js";
import { postOtlpBytes } from "./otlp-requests.js";
import { fetchTrace, type GetTraceOptions } from "./read-trace.js";
import { fetchTraceInfos, fetchTraces } from "./read-traces.js";
import * as search from "./search-traces.js";
import { fetchTraceInfo, postTraceInfo, putTraceData } from "./trace-requests.js";
import { postTraceInfoV4 } from "./trace-requests-v4.js";

export type { Experiment } from "./experiments.js";

/** How to reach a tracking server: its URI, and an auth provider or the credentials for one. */
export interface MlflowClientOptions extends AuthOptions {
  authProvider?: AuthProvider;
}

/**
 * Talks to an MLflow tracking server. Methods reject with `MlflowHttpError` when the server refuses, and with `Error` when
 * it does not answer, or when it would lose or change what was passed without saying so.
 *
 * @example
 * const client = new MlflowClient({ trackingUri: "http://localhost:5000" });
 * const trace = await client.getTrace("tr-0123456789abcdef0123456789abcdef");
 * await client.logFeedback({ traceId: trace.info.traceId, name: "helpful", value: true });
 */
export class MlflowClient {
  readonly #auth: AuthProvider;
  readonly #headers: Connection["headers"];
  readonly #isDatabricks: boolean;

  constructor({ authProvider, ...options }: MlflowClientOptions) {
    this.#auth = authProvider ?? createAuthProvider(options);
    this.#headers = this.#auth.getHeadersProvider();
    this.#isDatabricks = isDatabricksUri(options.trackingUri);
  }

  getHost(): string {
    return this.#auth.getHost();
  }

  get #server(): Connection {
    return { base: this.getHost().replace(/\/+$/, ""), headers: this.#headers };
  }

  /** Starts or updates a trace; resolves to the server's copy, which says where the spans belong. */
  createTrace(info: TraceInfo): Promise<TraceInfo> {
    return postTraceInfo(this.#server, info);
  }

  /**
   * Starts a trace in Unity Catalog (Databricks).
   *
   * @param location `catalog.schema.prefix`
   * @param otelTraceId 32 hex digits
   */
  createTraceInfoV4(location: string, otelTraceId: string, info: TraceInfo): Promise<TraceInfo> {
    return postTraceInfoV4(this.#server, location, otelTraceId, info);
  }

  /** Stores the spans as `traces.json` where `info`, the server's copy, says; on Databricks at the workspace's provider. */
  async uploadTraceData(info: TraceInfo, data: TraceData): Promise<void> {
    if (!this.#isDatabricks) return putTraceData(this.#server, info, data);
    return databricks.uploadTraceData(this.#server, info, data);
  }

  /**
   * Sends spans by OTLP; without any bytes nothing is sent. Servers whose store takes no spans answer 501.
   *
   * @param otlpBytes an `ExportTraceServiceRequest` in protobuf
   * @throws MlflowHttpError
   */
  exportOtlpSpans(experimentId: string, otlpBytes: Uint8Array): Promise<void> {
    return postOtlpBytes(this.#server, experimentId, otlpBytes);
  }

  /**
   * Adds spans to a table of Unity Catalog (Databricks); open ones are left out, and without any other nothing is sent.
   *
   * @param spansTableName `catalog.schema.table`
   * @throws MlflowHttpError
   */
  exportOtlpSpansToUc(spans: readonly Span[], spansTableName: string): Promise<void> {
    return databricks.exportOtlpSpans(this.#server, spans, spansTableName);
  }

  getTraceInfo(traceId: string): Promise<TraceInfo> {
    return fetchTraceInfo(this.#server, traceId);
  }

  /** Infos of the traces that exist, each once, in the order asked. */
  getTraceInfos(traceIds: readonly string[]): Promise<TraceInfo[]> {
    return fetchTraceInfos(this.#server, traceIds);
  }

  /** The trace with its spans, wherever the server keeps them: in its database or as an artifact. */
  async getTrace(traceId: string, options: GetTraceOptions = {}): Promise<Trace> {
    if (!this.#isDatabricks) return fetchTrace(this.#server, traceId, options);
    const info = await this.getTraceInfo(traceId);
    return new Trace(info, await databricks.downloadTraceData(this.#server, traceId));
  }

  /** Traces with their spans, each once, in the order asked; unknown and incomplete ones are left out. */
  getTraces(traceIds: readonly string[]): Promise<Trace[]> {
    return fetchTraces(this.#server, traceIds);
  }

  /** One page of the traces that match, newest first by default. */
  searchTraces(options: search.SearchTracesOptions): Promise<search.SearchTracesResult> {
    return search.searchTraces(this.#server, options);
  }

  /**
   * All traces that match, asked for page by page.
   *
   * @example
   * for await (const info of client.iterateTraces({ experimentIds: ["1"], filter: "state = 'ERROR'", limit: 50 })) {
   *   console.log(info.traceId);
   * }
   */
  iterateTraces(options: search.IterateTracesOptions): AsyncGenerator<TraceInfo, void, undefined> {
    return search.iterateTraces(this.#server, options);
  }

  /**
   * Deletes traces of an experiment: those of `traceIds`, or those that began up to `maxTimestampMs` (milliseconds since the
   * epoch), the oldest first and at most `maxTraces`.
   *
   * @returns how many were deleted
   */
  deleteTraces(options: management.DeleteTracesOptions): Promise<number> {
    return management.deleteTraces(this.#server, options);
  }

  /** Sets a tag; keys have at most 250 characters, values 4096. */
  setTraceTag(traceId: string, key: string, value: string): Promise<void> {
    return management.setTraceTag(this.#server, traceId, key, value);
  }

  deleteTraceTag(traceId: string, key: string): Promise<void> {
    return management.deleteTraceTag(this.#server, traceId, key);
  }

  linkTracesToRun(traceIds: readonly string[], runId: string): Promise<void> {
    return management.linkTracesToRun(this.#server, traceIds, runId);
  }

  /** Stores a file beside the spans; `info` is the server's copy. */
  uploadAttachment(info: TraceInfo, attachment: Attachment): Promise<void> {
    return attachments.uploadAttachment(this.#server, info, attachment);
  }

  /** The bytes of the file that a span refers to as `mlflow-attachment://<attachmentId>?…`. */
  downloadAttachment(traceId: string, attachmentId: string): Promise<Uint8Array> {
    return attachments.downloadAttachment(this.#server, traceId, attachmentId);
  }

  /** @returns the id of the new experiment */
  createExperiment(name: string, artifactLocation?: string, tags?: Readonly<Record<string, string>>): Promise<string> {
    return experiments.createExperiment(this.#server, name, artifactLocation, tags);
  }

  /** @returns `null` when there is no such experiment */
  getExperiment(experimentId: string): Promise<experiments.Experiment | null> {
    return experiments.getExperiment(this.#server, experimentId);
  }

  /** @returns `null` when there is no such experiment */
  getExperimentByName(name: string): Promise<experiments.Experiment | null> {
    return experiments.getExperimentByName(this.#server, name);
  }

  /** One page of the experiments that match. */
  searchExperiments(options: experiments.SearchExperimentsOptions = {}): Promise<experiments.SearchExperimentsResult> {
    return experiments.searchExperiments(this.#server, options);
  }

  /** Deleted experiments can still be read, and their names stay taken. */
  deleteExperiment(experimentId: string): Promise<void> {
    return experiments.deleteExperiment(this.#server, experimentId);
  }

  setExperimentTag(experimentId: string, key: string, value: string): Promise<void> {
    return experiments.setExperimentTag(this.#server, experimentId, key, value);
  }

  /** Logs feedback; resolves to the server's copy, with its id. */
  async logFeedback(options: assessments.LogFeedbackOptions): Promise<Feedback> {
    return this.logAssessment(options.traceId, new Feedback(options));
  }

  /** Logs what a trace should have given; resolves to the server's copy, with its id. */
  async logExpectation(options: assessments.LogExpectationOptions): Promise<Expectation> {
    return this.logAssessment(options.traceId, new Expectation(options));
  }

  /** Logs feedback or an expectation that was built elsewhere. */
  logAssessment<T extends Assessment>(traceId: string, assessment: T): Promise<T> {
    return assessments.logAssessment(this.#server, traceId, assessment);
  }

  getAssessment(traceId: string, assessmentId: string): Promise<Assessment | OpaqueAssessment> {
    return assessments.getAssessment(this.#server, traceId, assessmentId);
  }

  /** Changes feedback; what is not passed stays. */
  updateFeedback(traceId: string, assessmentId: string, changes: assessments.UpdateFeedbackOptions): Promise<Feedback> {
    return assessments.updateFeedback(this.#server, traceId, assessmentId, changes);
  }

  /** Changes an expectation; what is not passed stays. */
  updateExpectation(
    traceId: string,
    assessmentId: string,
    changes: assessments.UpdateExpectationOptions,
  ): Promise<Expectation> {
    return assessments.updateExpectation(this.#server, traceId, assessmentId, changes);
  }

  /** Deletes an assessment; nothing happens when there is none. */
  deleteAssessment(traceId: string, assessmentId: string): Promise<void> {
    return assessments.deleteAssessment(this.#server, traceId, assessmentId);
  }

  /** Logs feedback in the place of another, which stays readable with `valid: false`. */
  overrideFeedback(
    traceId: string,
    assessmentId: string,
    options: assessments.OverrideFeedbackOptions,
  ): Promise<Feedback> {
    return assessments.overrideFeedback(this.#server, traceId, assessmentId, options);
  }
}
