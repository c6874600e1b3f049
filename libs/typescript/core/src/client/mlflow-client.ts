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
 * Talks to an MLflow tracking server. Methods reject with {@link MlflowHttpError} when the server refuses, with
 * {@link MlflowConnectionError} when it does not answer, and with another `Error` when it would lose or change what was
 * passed without saying so.
 *
 * @example
 * const client = new MlflowClient({ trackingUri: "http://localhost:5000" });
 * const found = await client.getExperimentByName("support");
 * const experimentId = found?.experimentId ?? (await client.createExperiment("support"));
 *
 * // Read what failed, the slowest first.
 * const { traces } = await client.searchTraces({
 *   experimentIds: [experimentId],
 *   filter: "state = 'ERROR'",
 *   orderBy: ["execution_duration DESC"],
 *   maxResults: 10,
 * });
 * for (const { traceId } of traces) {
 *   const { data } = await client.getTrace(traceId);
 *   console.log(traceId, data.spans.map(({ name }) => name));
 * }
 *
 * // Assess every trace, page by page.
 * for await (const { traceId } of client.iterateTraces({ experimentIds: [experimentId] })) {
 *   await client.logFeedback({ traceId, name: "helpful", value: true });
 *   await client.logExpectation({ traceId, name: "city", value: "Oslo" });
 *   await client.setTraceTag(traceId, "reviewed", "yes");
 * }
 *
 * // Delete what is older than 30 days.
 * const maxTimestampMs = Date.now() - 30 * 24 * 60 * 60 * 1000;
 * console.log(await client.deleteTraces({ experimentId, maxTimestampMs }));
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

  /**
   * Base URL of the server, as the auth provider gives it.
   *
   * @example client.getHost(); // "http://localhost:5000"
   */
  getHost(): string {
    return this.#auth.getHost();
  }

  get #server(): Connection {
    return { base: this.getHost().replace(/\/+$/, ""), headers: this.#headers };
  }

  /**
   * Starts or updates a trace; resolves to the server's copy, which says where the spans belong.
   *
   * @throws RangeError before anything is sent when the session id has more than 250 characters
   * @example const stored = await client.createTrace(trace.info);
   */
  createTrace(info: TraceInfo): Promise<TraceInfo> {
    return postTraceInfo(this.#server, info);
  }

  /**
   * Starts a trace in Unity Catalog (Databricks).
   *
   * @param location `catalog.schema.prefix`
   * @param otelTraceId 32 hex digits
   * @example await client.createTraceInfoV4("main.agents.chat", "0123456789abcdef0123456789abcdef", trace.info);
   */
  createTraceInfoV4(location: string, otelTraceId: string, info: TraceInfo): Promise<TraceInfo> {
    return postTraceInfoV4(this.#server, location, otelTraceId, info);
  }

  /**
   * Stores the spans as `traces.json` where `info`, the server's copy, says; on Databricks at the workspace's provider.
   *
   * @throws Error when the trace has no artifact location, or one that the server's proxy does not reach
   * @example await client.uploadTraceData(await client.createTrace(trace.info), trace.data);
   */
  async uploadTraceData(info: TraceInfo, data: TraceData): Promise<void> {
    if (!this.#isDatabricks) return putTraceData(this.#server, info, data);
    return databricks.uploadTraceData(this.#server, info, data);
  }

  /**
   * Sends spans by OTLP; without any bytes nothing is sent. Servers whose store takes no spans answer 501.
   *
   * @param otlpBytes an `ExportTraceServiceRequest` in protobuf
   * @throws MlflowHttpError
   * @example await client.exportOtlpSpans("1", ProtobufTraceSerializer.serializeRequest(spans) ?? new Uint8Array());
   */
  exportOtlpSpans(experimentId: string, otlpBytes: Uint8Array): Promise<void> {
    return postOtlpBytes(this.#server, experimentId, otlpBytes);
  }

  /**
   * Adds spans to a table of Unity Catalog (Databricks); open ones are left out, and without any other nothing is sent.
   *
   * @param spansTableName `catalog.schema.table`
   * @throws MlflowHttpError
   * @example await client.exportOtlpSpansToUc(trace.data.spans, "main.agents.chat_otel_spans");
   */
  exportOtlpSpansToUc(spans: readonly Span[], spansTableName: string): Promise<void> {
    return databricks.exportOtlpSpans(this.#server, spans, spansTableName);
  }

  /**
   * What is known of a trace without its spans.
   *
   * @throws MlflowHttpError with status 404 when there is no such trace, or not yet
   * @example const { state, executionDuration } = await client.getTraceInfo("tr-0123456789abcdef0123456789abcdef");
   */
  getTraceInfo(traceId: string): Promise<TraceInfo> {
    return fetchTraceInfo(this.#server, traceId);
  }

  /**
   * Infos of the traces that exist, each once, in the order asked.
   *
   * @example const infos = await client.getTraceInfos(["tr-0123456789abcdef0123456789abcdef"]);
   */
  getTraceInfos(traceIds: readonly string[]): Promise<TraceInfo[]> {
    return fetchTraceInfos(this.#server, traceIds);
  }

  /**
   * The trace with its spans, wherever the server keeps them: in its database or as an artifact. The root comes first, then
   * the others by start.
   *
   * @throws MlflowHttpError with status 404 when there is no such trace, or when its spans have not all arrived
   * @example const { info, data } = await client.getTrace("tr-0123456789abcdef0123456789abcdef", { allowPartial: true });
   */
  async getTrace(traceId: string, options: GetTraceOptions = {}): Promise<Trace> {
    if (!this.#isDatabricks) return fetchTrace(this.#server, traceId, options);
    const info = await this.getTraceInfo(traceId);
    return new Trace(info, await databricks.downloadTraceData(this.#server, traceId));
  }

  /**
   * Traces with their spans, each once, in the order asked; unknown and incomplete ones are left out.
   *
   * @example const traces = await client.getTraces(infos.map(({ traceId }) => traceId));
   */
  getTraces(traceIds: readonly string[]): Promise<Trace[]> {
    return fetchTraces(this.#server, traceIds);
  }

  /**
   * One page of the traces that match, newest first by default.
   *
   * @throws Error before anything is sent when there is nowhere to look
   * @throws RangeError when `maxResults` is not from 1 to 500
   * @example const { traces, nextPageToken } = await client.searchTraces({ experimentIds: ["1"], filter: "state = 'ERROR'" });
   */
  searchTraces(options: search.SearchTracesOptions): Promise<search.SearchTracesResult> {
    return search.searchTraces(this.#server, options);
  }

  /**
   * All traces that match, asked for page by page.
   *
   * @throws RangeError when `limit` is no number from 0
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
   * @throws Error when neither or both of `traceIds` and `maxTimestampMs` are passed
   * @example await client.deleteTraces({ experimentId: "1", traceIds: ["tr-0123456789abcdef0123456789abcdef"] }); // 1
   */
  deleteTraces(options: management.DeleteTracesOptions): Promise<number> {
    return management.deleteTraces(this.#server, options);
  }

  /**
   * Sets a tag; keys have at most 250 characters, values 4096.
   *
   * @throws RangeError for a longer value, which the server would cut
   * @example await client.setTraceTag(traceId, "reviewed", "yes");
   */
  setTraceTag(traceId: string, key: string, value: string): Promise<void> {
    return management.setTraceTag(this.#server, traceId, key, value);
  }

  /**
   * Removes a tag.
   *
   * @throws MlflowHttpError with status 404 when the trace has no such tag
   * @example await client.deleteTraceTag(traceId, "reviewed");
   */
  deleteTraceTag(traceId: string, key: string): Promise<void> {
    return management.deleteTraceTag(this.#server, traceId, key);
  }

  /**
   * Relates traces to a run, which then shows them; 100 in one request. The server accepts traces and runs that do not exist.
   *
   * @example await client.linkTracesToRun([traceId], "0123456789abcdef0123456789abcdef");
   */
  linkTracesToRun(traceIds: readonly string[], runId: string): Promise<void> {
    return management.linkTracesToRun(this.#server, traceIds, runId);
  }

  /**
   * Stores a file beside the spans; `info` is the server's copy.
   *
   * @throws Error when the id cannot be a UUID, or the server's proxy does not reach the trace's artifact location
   * @example
   * const attachment = { id: crypto.randomUUID(), contentType: "image/png", data: png };
   * await client.uploadAttachment(await client.getTraceInfo(traceId), attachment);
   */
  uploadAttachment(info: TraceInfo, attachment: Attachment): Promise<void> {
    return attachments.uploadAttachment(this.#server, info, attachment);
  }

  /**
   * The bytes of the file that a span refers to as `mlflow-attachment://<attachmentId>?…`.
   *
   * @throws MlflowHttpError with status 404 when there is none
   * @example const bytes = await client.downloadAttachment(traceId, attachmentId);
   */
  downloadAttachment(traceId: string, attachmentId: string): Promise<Uint8Array> {
    return attachments.downloadAttachment(this.#server, traceId, attachmentId);
  }

  /**
   * Makes an experiment.
   *
   * @param artifactLocation where its files belong; the server's default when left out
   * @returns the id of the new experiment
   * @throws MlflowHttpError when the name is taken, also by a deleted experiment
   * @example const experimentId = await client.createExperiment("support", undefined, { team: "docs" });
   */
  createExperiment(name: string, artifactLocation?: string, tags?: Readonly<Record<string, string>>): Promise<string> {
    return experiments.createExperiment(this.#server, name, artifactLocation, tags);
  }

  /**
   * Looks an experiment up by its id.
   *
   * @returns `null` when there is no such experiment
   * @example const experiment = await client.getExperiment("1");
   */
  getExperiment(experimentId: string): Promise<experiments.Experiment | null> {
    return experiments.getExperiment(this.#server, experimentId);
  }

  /**
   * Looks an experiment up by its name.
   *
   * @returns `null` when there is no such experiment
   * @example const experiment = await client.getExperimentByName("support");
   */
  getExperimentByName(name: string): Promise<experiments.Experiment | null> {
    return experiments.getExperimentByName(this.#server, name);
  }

  /**
   * One page of the experiments that match.
   *
   * @example const { experiments } = await client.searchExperiments({ filter: "name LIKE 'docs-%'" });
   */
  searchExperiments(options: experiments.SearchExperimentsOptions = {}): Promise<experiments.SearchExperimentsResult> {
    return experiments.searchExperiments(this.#server, options);
  }

  /**
   * Deletes an experiment. Deleted ones can still be read, and their names stay taken.
   *
   * @example await client.deleteExperiment(experimentId);
   */
  deleteExperiment(experimentId: string): Promise<void> {
    return experiments.deleteExperiment(this.#server, experimentId);
  }

  /**
   * Sets a tag of an experiment.
   *
   * @example await client.setExperimentTag(experimentId, "team", "docs");
   */
  setExperimentTag(experimentId: string, key: string, value: string): Promise<void> {
    return experiments.setExperimentTag(this.#server, experimentId, key, value);
  }

  /**
   * Logs feedback; resolves to the server's copy, with its id.
   *
   * @throws MlflowHttpError with status 404 when there is no such trace, or not yet
   * @throws RangeError for an integer that the server, which keeps doubles, would round
   * @example
   * const source = { sourceType: "HUMAN", sourceId: "kari" };
   * await client.logFeedback({ traceId, name: "helpful", value: true, rationale: "Short and right.", source });
   */
  async logFeedback(options: assessments.LogFeedbackOptions): Promise<Feedback> {
    return this.logAssessment(options.traceId, new Feedback(options));
  }

  /**
   * Logs what a trace should have given; resolves to the server's copy, with its id.
   *
   * @throws MlflowHttpError with status 404 when there is no such trace, or not yet
   * @throws RangeError for an integer that the server, which keeps doubles, would round
   * @example await client.logExpectation({ traceId, name: "answer", value: { city: "Oslo" } });
   */
  async logExpectation(options: assessments.LogExpectationOptions): Promise<Expectation> {
    return this.logAssessment(options.traceId, new Expectation(options));
  }

  /**
   * Logs feedback or an expectation that was built elsewhere; resolves to the server's copy, with its id.
   *
   * @throws RangeError for an integer that the server, which keeps doubles, would round
   * @example await client.logAssessment(traceId, new Feedback({ name: "helpful", value: true }));
   */
  logAssessment<T extends Assessment>(traceId: string, assessment: T): Promise<T> {
    return assessments.logAssessment(this.#server, traceId, assessment);
  }

  /**
   * Reads one assessment; a kind that this version does not know comes as it is.
   *
   * @throws MlflowHttpError with status 404 when there is none
   * @example const assessment = await client.getAssessment(traceId, assessmentId);
   */
  getAssessment(traceId: string, assessmentId: string): Promise<Assessment | OpaqueAssessment> {
    return assessments.getAssessment(this.#server, traceId, assessmentId);
  }

  /**
   * Changes feedback; what is not passed stays. Value and error are replaced together, metadata are merged key by key.
   *
   * @throws Error when there is nothing to change
   * @example await client.updateFeedback(traceId, assessmentId, { value: false, rationale: "It was the wrong city." });
   */
  updateFeedback(traceId: string, assessmentId: string, changes: assessments.UpdateFeedbackOptions): Promise<Feedback> {
    return assessments.updateFeedback(this.#server, traceId, assessmentId, changes);
  }

  /**
   * Changes an expectation; what is not passed stays. Metadata are merged key by key.
   *
   * @throws Error when there is nothing to change
   * @example await client.updateExpectation(traceId, assessmentId, { value: { city: "Bergen" } });
   */
  updateExpectation(
    traceId: string,
    assessmentId: string,
    changes: assessments.UpdateExpectationOptions,
  ): Promise<Expectation> {
    return assessments.updateExpectation(this.#server, traceId, assessmentId, changes);
  }

  /**
   * Deletes an assessment; nothing happens when there is none.
   *
   * @example await client.deleteAssessment(traceId, assessmentId);
   */
  deleteAssessment(traceId: string, assessmentId: string): Promise<void> {
    return assessments.deleteAssessment(this.#server, traceId, assessmentId);
  }

  /**
   * Logs feedback in the place of another, which stays readable with `valid: false`.
   *
   * @throws Error when the assessment is no feedback
   * @example await client.overrideFeedback(traceId, assessmentId, { value: false, rationale: "A second look." });
   */
  overrideFeedback(
    traceId: string,
    assessmentId: string,
    options: assessments.OverrideFeedbackOptions,
  ): Promise<Feedback> {
    return assessments.overrideFeedback(this.#server, traceId, assessmentId, options);
  }
}
