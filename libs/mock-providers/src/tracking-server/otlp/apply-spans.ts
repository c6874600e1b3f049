import { invalid } from "../error";
import { cut, INFO_FINALIZED, LONGEST_METADATA, LONGEST_TAG, SPANS_LOCATION_TAG, type TraceInfo } from "../trace-info";
import { attributeText } from "./attribute-text";
import type { DatabaseSpan } from "./database-span";
import { requestPreview, responsePreview } from "./preview";
import type { SpanBatch } from "./span-store";
import { sumTopmost, writeCost, writeUsage } from "./sums";
import { isTagName } from "./tag-name";

const SESSION_ATTRIBUTES = ["session.id", "gen_ai.conversation.id"];
const LONGEST_SESSION = 250;
const TAG_ATTRIBUTE = "mlflow.traceTag.";

/** The session that a batch names. Fails with 400 for one that is too long, before anything is stored. */
export function sessionOf({ spans }: SpanBatch): string | undefined {
  const session = firstText(spans, SESSION_ATTRIBUTES);
  if (session === undefined || [...session].length <= LONGEST_SESSION) return session;
  throw invalid(`'Session ID' exceeds the maximum length of ${LONGEST_SESSION} characters`);
}

/**
 * What spans say about their trace. `stored` are all of its spans, the new ones included.
 * An info that was posted stays as it is in what it says; a batch with tokens, cost or a session then leaves its times alone.
 */
export function applySpans(info: TraceInfo, batch: SpanBatch, stored: ReadonlyMap<string, DatabaseSpan>): void {
  const { spans, resourceTags } = batch;
  const session = sessionOf(batch);
  const isPosted = info.metadata.has(INFO_FINALIZED);
  const [hasUsage, hasCost] = [spans.some(({ usage }) => usage), spans.some(({ cost }) => cost)];
  if (!isPosted || !(hasUsage || hasCost || session)) widen(info, spans);
  const roots = spans.filter(({ parentId }) => parentId === null);
  applyRoots(info, roots);
  if (!info.tags.has(SPANS_LOCATION_TAG)) info.tags.set(SPANS_LOCATION_TAG, "TRACKING_STORE");
  for (const [key, value] of [...resourceTags, ...roots.flatMap(tagsOf)]) info.tags.set(key, cut(value, LONGEST_TAG));
  setOnce(info, "mlflow.trace.session", session);
  setOnce(info, "mlflow.trace.user", firstText(spans, ["user.id"]));
  const set = isPosted ? setOnce : setMetadata;
  const usage = hasUsage ? sumTopmost(stored, (span) => span.usage) : undefined;
  const cost = hasCost ? sumTopmost(stored, (span) => span.cost) : undefined;
  if (usage) set(info, "mlflow.trace.tokenUsage", writeUsage(usage));
  if (cost) set(info, "mlflow.trace.cost", writeCost(cost));
}

const toMs = (nanoseconds: bigint): number => Number(nanoseconds / 1_000_000n);

/** The trace starts with its first span, or as its info says if that is earlier, and ends with its last one. */
function widen(info: TraceInfo, spans: readonly DatabaseSpan[]): void {
  const isNew = info.state === "STATE_UNSPECIFIED" && !info.metadata.has(INFO_FINALIZED);
  let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const span of spans) {
    start = Math.min(start, toMs(span.start));
    end = Math.max(end, toMs(span.end));
  }
  if (info.durationMs !== undefined) end = Math.max(end, info.requestTimeMs + info.durationMs);
  info.requestTimeMs = isNew ? start : Math.min(start, info.requestTimeMs);
  info.durationMs = end - info.requestTimeMs;
  if (isNew) info.state = "IN_PROGRESS";
}

/** The first root that arrives settles the state, the last of its batch the previews that are still missing. */
function applyRoots(info: TraceInfo, roots: readonly DatabaseSpan[]): void {
  const [first, last] = [roots[0], roots.at(-1)];
  if (!first || !last) return;
  const isOpen = info.state === "IN_PROGRESS" || info.state === "STATE_UNSPECIFIED";
  if (isOpen) info.state = first.status.code === "ERROR" ? "ERROR" : "OK";
  const [inputs, outputs] = [last.attributes.get("mlflow.spanInputs"), last.attributes.get("mlflow.spanOutputs")];
  if (inputs !== undefined) info.requestPreview ??= requestPreview(inputs);
  if (outputs !== undefined) info.responsePreview ??= responsePreview(outputs);
}

function tagsOf({ attributes }: DatabaseSpan): [string, string][] {
  return [...attributes].flatMap(([key, json]) => {
    const name = key.slice(TAG_ATTRIBUTE.length);
    return key.startsWith(TAG_ATTRIBUTE) && isTagName(name) ? [[name, attributeText(json)]] : [];
  });
}

/** The text of the first span that has one of the attributes, in the order of their names. */
function firstText(spans: readonly DatabaseSpan[], names: readonly string[]): string | undefined {
  for (const { attributes } of spans) {
    for (const name of names) {
      const json = attributes.get(name);
      const text = json === undefined ? "" : attributeText(json);
      if (text !== "") return text;
    }
  }
  return undefined;
}

function setOnce(info: TraceInfo, key: string, value: string | undefined): void {
  if (value !== undefined && !info.metadata.has(key)) setMetadata(info, key, value);
}

function setMetadata(info: TraceInfo, key: string, value: string): void {
  info.metadata.set(key, cut(value, LONGEST_METADATA));
}
