import { attempt } from "./attempt.js";
import { isMessage, toMessageFields } from "./messages.js";

/**
 * A copy of `value` for people to read, with LangChain's objects as their fields: messages, prompts, documents, and other
 * serialisable objects, at any depth. Fields that are undefined, of which LangChain's objects have many, are left out. What
 * is none of them is left as it is, to be written down by the SDK.
 */
export function toPlain(value: unknown): unknown {
  return attempt(() => convert(value, new Map()), value);
}

/** A document, in the names that MLflow's retriever spans have. */
export function toDocumentFields(document: unknown): unknown {
  const { pageContent, metadata, id } = document as { pageContent: unknown; metadata: unknown; id?: unknown };
  return { page_content: pageContent, metadata, ...(id === undefined ? {} : { id }) };
}

/** @param seen what has been converted already, so that a cycle stays a cycle */
function convert(value: unknown, seen: Map<object, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    seen.set(value, items);
    for (const item of value) items.push(convert(item, seen));
    return items;
  }
  const fields = fieldsOf(value);
  return fields ? convertFields(value, fields, seen) : value;
}

function convertFields(source: object, fields: object, seen: Map<object, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  seen.set(source, copy);
  for (const [key, item] of Object.entries(fields)) if (item !== undefined) copy[key] = convert(item, seen);
  return copy;
}

function fieldsOf(value: object): object | undefined {
  if (isMessage(value)) return toMessageFields(value);
  if (isDocument(value)) return { ...(toDocumentFields(value) as object), type: "Document" };
  if ("toChatMessages" in value) return promptFields(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return value;
  return "lc_serializable" in value ? serializedFields(value) : undefined;
}

/** The arguments an object was made with; LangChain's own serialisation leaves the secrets out of them. */
function serializedFields(value: object): object | undefined {
  const serialized = (value as { toJSON?: () => { type?: string; kwargs?: object } }).toJSON?.();
  return serialized?.type === "constructor" ? serialized.kwargs : undefined;
}

function isDocument(value: object): boolean {
  return "pageContent" in value && "metadata" in value;
}

function promptFields(prompt: object): object {
  const { messages, value } = prompt as { messages?: unknown; value?: unknown };
  return Array.isArray(messages) ? { messages } : { text: value };
}
