import type { MockReply } from "../../contract";
import { type Call, CREATED } from "../call";
import { ApiError } from "../error";
import { MODELS, type ModelKind, type ModelRow } from "./table";

/** A model as a request names it. */
export interface NamedModel extends ModelRow {
  /** The name that the answer carries: a snapshot where there is one. */
  readonly answersAs: string;
}

/** Looks a name up: a plain one, a dated snapshot, or one fine-tuned from either (`ft:<base>:…`). */
export function findModel(name: string): NamedModel | undefined {
  const base = name.startsWith("ft:") ? (name.split(":")[1] ?? "") : name;
  const row = MODELS.find((model) => model.name === base || model.snapshots.includes(base));
  if (!row) return undefined;
  const answersAs = base === row.name && base === name ? (row.snapshots[0] ?? name) : name;
  return { ...row, answersAs };
}

/** A model that answers at the endpoint of one of `kinds`; throws the API's refusal otherwise. */
export function requireModel(name: string, ...kinds: readonly ModelKind[]): NamedModel {
  const model = findModel(name);
  if (!model) throw unknownModel(`The model \`${name}\` does not exist or you do not have access to it.`);
  if (!kinds.includes(model.kind)) throw wrongEndpoint(model.kind);
  return model;
}

function unknownModel(message: string): ApiError {
  return new ApiError({ status: 404, message, code: "model_not_found" });
}

const ENDPOINTS: Readonly<Record<ModelKind, string>> = {
  chat: "v1/chat/completions",
  responses: "v1/responses",
  completions: "v1/completions",
  embeddings: "v1/embeddings",
  moderations: "v1/moderations",
};

function wrongEndpoint(kind: ModelKind): ApiError {
  const message = `This model is not supported at this endpoint. Did you mean to use ${ENDPOINTS[kind]}?`;
  return new ApiError({ status: 404, message, param: "model" });
}

/** Whether a model reasons when nothing is said about it, and whether it can be told to. */
const REASONS_ALWAYS = /^(?:ft:)?(?:o\d|gpt-5(?![.\d])(?!-chat)|codex)/;
const REASONS_WHEN_TOLD = /^(?:ft:)?gpt-5\.\d(?!-chat)/;

/** Whether a model reasons before it answers, at an effort of the request (`null`: the model's own). */
export function reasons(model: string, effort: string | null | undefined): boolean {
  if (effort === "none" || effort === "minimal") return false;
  return REASONS_ALWAYS.test(model) || (REASONS_WHEN_TOLD.test(model) && effort != null);
}

/** Models that take neither `max_tokens` nor a temperature. */
export function isReasoningModel(model: string): boolean {
  return REASONS_ALWAYS.test(model);
}

/** GET /v1/models and GET /v1/models/{id}. */
export function listModels(call: Call): MockReply {
  const names = MODELS.flatMap(({ name, snapshots }) => [name, ...snapshots]);
  return call.json({ object: "list", data: names.map(describeModel) });
}

export function retrieveModel(call: Call, id: string): MockReply {
  if (!findModel(id)) throw unknownModel(`The model '${id}' does not exist`);
  return call.json(describeModel(id));
}

/** Real time stamps are not known here: that of a snapshot is its date, others share one. */
function describeModel(id: string): object {
  const date = /\d{4}-\d{2}-\d{2}$/.exec(id)?.[0];
  const created = date === undefined ? CREATED : Date.parse(`${date}T00:00:00Z`) / 1000;
  return { id, object: "model", created, owned_by: "system" };
}
