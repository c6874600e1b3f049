import { ApiFailure, invalid, missing } from "./error";
import type { ExperimentStore } from "./experiments";
import { applySpans, sessionOf } from "./otlp/apply-spans";
import type { DatabaseSpan } from "./otlp/database-span";
import { type SpanBatch, SpanStore } from "./otlp/span-store";
import type { ParsedMessage } from "./proto-json";
import {
  ARTIFACT_LOCATION_TAG,
  applyPostedInfo,
  createTraceInfo,
  cut,
  experimentIdOf,
  LONGEST_TAG,
  moveToExperiment,
  SPANS_LOCATION_TAG,
  type TraceInfo,
  traceInfoJson,
} from "./trace-info";

const IMMUTABLE_TAGS = [SPANS_LOCATION_TAG, "mlflow.trace.archiveLocation"];
const SESSION = "mlflow.trace.session";
const LONGEST_NAME = 250;
const NAME_CHARACTERS = /^[\p{L}\p{N}_\-. :/]*$/u;

interface TraceStoreOptions {
  readonly experiments: ExperimentStore;
  /** Most traces, and most bytes (UTF-16 code units of JSON) of infos and spans, that are kept; the oldest go first. */
  readonly limits: { readonly traces: number; readonly bytes: number };
  readonly onDrop: (info: TraceInfo, bytes: number) => void;
}

/** Traces by id, in the order in which they came: infos, and the spans that came by OTLP. */
export class TraceStore {
  readonly #options: TraceStoreOptions;
  readonly #infos = new Map<string, TraceInfo>();
  readonly #spans = new SpanStore();
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  constructor(options: TraceStoreOptions) {
    this.#options = options;
  }

  /** Creates or updates a trace from a posted info. */
  post(parsed: ParsedMessage): TraceInfo {
    const experiment = this.#options.experiments.getActive(experimentIdOf(parsed));
    const id = String(parsed.trace_id ?? "");
    checkSession(parsed);
    const known = this.#infos.get(id);
    if (!known && Object.hasOwn(Object(parsed.tags), ARTIFACT_LOCATION_TAG)) {
      throw missing(`Trace with ID '${id}' no longer exists.`);
    }
    const info = known ?? createTraceInfo(id);
    moveToExperiment(info, experiment);
    applyPostedInfo(info, parsed);
    this.#infos.set(id, info);
    this.#resize(info);
    this.#enforceLimits();
    return info;
  }

  /**
   * Stores spans, and creates or updates their traces: all of them, or none if one cannot be. The experiment counts for
   * new traces only.
   */
  logSpans(batches: readonly SpanBatch[], experimentId: string): void {
    checkLocations(batches.flatMap(({ traceId }) => this.#infos.get(traceId) ?? []));
    batches.forEach(sessionOf);
    const isNew = ({ traceId }: SpanBatch): boolean => !this.#infos.has(traceId);
    const experiment = batches.some(isNew) ? this.#options.experiments.get(experimentId) : undefined;
    for (const batch of batches) {
      const info = this.#infos.get(batch.traceId) ?? createTraceInfo(batch.traceId);
      if (experiment && isNew(batch)) moveToExperiment(info, experiment);
      this.#spans.put(batch);
      applySpans(info, batch, this.#spans.byId(info.id));
      this.#infos.set(info.id, info);
      this.#resize(info);
    }
    this.#enforceLimits();
  }

  /** The spans of a trace that came by OTLP, in the order in which they are shown. */
  spansOf(id: string): DatabaseSpan[] {
    return this.#spans.inOrder(id);
  }

  find(id: string): TraceInfo | undefined {
    return this.#infos.get(id);
  }

  all(): TraceInfo[] {
    return [...this.#infos.values()];
  }

  setTag(id: string, key: string, value: string): void {
    if (key.length > LONGEST_NAME) throw invalid(`'key' exceeds the maximum length of ${LONGEST_NAME} characters`);
    if (!NAME_CHARACTERS.test(key)) throw invalid(badName(key));
    if (IMMUTABLE_TAGS.includes(key)) throw invalid(`Tag '${key}' is immutable and cannot be set on a trace.`);
    const info = this.#infos.get(id);
    if (!info) throw new ApiFailure("BAD_REQUEST", `FOREIGN KEY constraint failed: no trace with ID '${id}'`);
    info.tags.set(key, cut(value, LONGEST_TAG));
    this.#resize(info);
  }

  deleteTag(id: string, key: string): void {
    if (this.#infos.get(id)?.tags.delete(key)) return;
    throw missing(`No trace tag with key '${key}' for trace with ID '${id}'`);
  }

  /** Deletes traces of one experiment and returns how many there were. */
  delete(ids: readonly string[], experimentId: string): number {
    const found = new Set(ids.filter((id) => this.#infos.get(id)?.experimentId === experimentId));
    for (const id of found) this.#remove(id);
    return found.size;
  }

  #resize(info: TraceInfo): void {
    const size = JSON.stringify(traceInfoJson(info)).length + this.#spans.size(info.id);
    this.#bytes += size - (this.#sizes.get(info.id) ?? 0);
    this.#sizes.set(info.id, size);
  }

  #remove(id: string): number {
    const size = this.#sizes.get(id) ?? 0;
    this.#bytes -= size;
    this.#sizes.delete(id);
    this.#spans.delete(id);
    this.#infos.delete(id);
    return size;
  }

  #enforceLimits(): void {
    const { limits, onDrop } = this.#options;
    for (const info of this.#infos.values()) {
      if (this.#infos.size <= limits.traces && this.#bytes <= limits.bytes) return;
      onDrop(info, this.#remove(info.id));
    }
  }
}

/** Spans cannot be added to a trace whose info says that they are elsewhere. */
function checkLocations(infos: readonly TraceInfo[]): void {
  const elsewhere = infos.filter(({ tags }) => (tags.get(SPANS_LOCATION_TAG) ?? "TRACKING_STORE") !== "TRACKING_STORE");
  if (elsewhere.length === 0) return;
  const ids = elsewhere.map(({ id }) => `'${id}'`).join(", ");
  throw new ApiFailure("INVALID_STATE", `Cannot log spans: the spans of these traces are not in the database: ${ids}`);
}

function checkSession(parsed: ParsedMessage): void {
  const session: unknown = Object(parsed.trace_metadata)[SESSION];
  if (typeof session === "string" && [...session].length > LONGEST_NAME) {
    throw invalid(`'Session ID' exceeds the maximum length of ${LONGEST_NAME} characters`);
  }
}

function badName(key: string): string {
  const rule = "alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/)";
  return `Invalid value ${JSON.stringify(key)} for parameter 'key' supplied: Names may only contain ${rule}.`;
}
