import { base64Size, decodeBase64 } from "./base64.js";

/** A property and where it stands: `holder[key]`, `holder` being `parent[holderKey]`. */
export interface Place {
  readonly key: string;
  readonly holder: object;
  readonly holderKey: string;
  readonly parent: object | undefined;
}

/** Binary that is inline in a request or an answer, not decoded yet. */
export interface InlineBinary {
  /** Media type; `undefined` when only the bytes can tell. */
  readonly contentType: string | undefined;
  readonly content: string | Uint8Array;
}

/** Says of a place what the binary there is; `undefined` when there is none. */
type Rule = (place: Place) => { contentType: string | undefined } | undefined;

const DATA_URL = /^data:([^;,]+\/[^,]*);base64,/;
/** A media type with its parameters is short; a longer head is not looked through. */
const MAX_DATA_URL_HEAD = 200;
const BLOCK_TYPES: ReadonlySet<unknown> = new Set(["image", "audio", "video", "file", "document", "media"]);
const BEDROCK_TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  pdf: "application/pdf",
};

/** Recognises inline binary: a data URL anywhere, or base64 and bytes at the places where provider APIs have them. */
export function findInlineBinary(value: unknown, place: Place): InlineBinary | undefined {
  if (typeof value === "string" && value.startsWith("data:")) return readDataUrl(value);
  const rule = RULES.get(place.key);
  if (!rule || !(typeof value === "string" ? value !== "" : value instanceof Uint8Array)) return undefined;
  const found = rule(place);
  return found && { contentType: found.contentType, content: value as string | Uint8Array };
}

/** Bytes that the binary takes, at most, without decoding it. */
export function sizeOf({ content }: InlineBinary): number {
  return typeof content === "string" ? (base64Size(content) ?? 0) : content.byteLength;
}

/** A copy of the bytes with their media type; `undefined` when what stands there is no base64. */
export function decode({ content, contentType }: InlineBinary): { data: Uint8Array; contentType: string } | undefined {
  const data = typeof content === "string" ? decodeBase64(content) : new Uint8Array(content);
  return data && { data, contentType: contentType ?? imageTypeOf(data) };
}

function readDataUrl(url: string): InlineBinary | undefined {
  const head = DATA_URL.exec(url.slice(0, MAX_DATA_URL_HEAD));
  return head ? { contentType: head[1], content: url.slice(head[0].length) } : undefined;
}

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["data", (place) => anthropicSource(place) ?? geminiBlob(place) ?? openaiAudio(place) ?? typedBlock(place)],
  ["image", ({ holder }) => (text(holder, "type") === "image" ? { contentType: mediaType(holder) } : undefined)],
  ["result", ({ holder }) => (text(holder, "type") === "image_generation_call" ? generatedImage(holder) : undefined)],
  ["b64_json", ({ holder }) => generatedImage(holder)],
  ["partial_image_b64", ({ holder }) => generatedImage(holder)],
  ["bytes", bedrockSource],
]);

/** `{type: "base64", media_type, data}` within images and documents. */
function anthropicSource({ holder }: Place): ReturnType<Rule> {
  const contentType = text(holder, "media_type");
  return text(holder, "type") === "base64" && contentType ? { contentType } : undefined;
}

/** `inlineData: {mimeType, data}`, in JSON's spelling and in Python's. */
function geminiBlob({ holder, holderKey }: Place): ReturnType<Rule> {
  if (holderKey !== "inlineData" && holderKey !== "inline_data") return undefined;
  return { contentType: mediaType(holder) ?? "application/octet-stream" };
}

/** `{type: "input_audio", input_audio: {data, format}}` in requests, `audio: {id, data, transcript}` in answers. */
function openaiAudio({ holder, holderKey, parent }: Place): ReturnType<Rule> {
  const isInput = holderKey === "input_audio" && parent !== undefined && text(parent, "type") === "input_audio";
  if (!isInput && holderKey !== "audio") return undefined;
  const format = text(holder, "format") ?? "wav";
  return { contentType: `audio/${format === "mp3" ? "mpeg" : format}` };
}

/** Content blocks of LangChain.js and the Vercel AI SDK: `{type: "image" | "file" | …, mediaType, data}`. */
function typedBlock({ holder }: Place): ReturnType<Rule> {
  const contentType = mediaType(holder);
  return contentType && BLOCK_TYPES.has(text(holder, "type")) ? { contentType } : undefined;
}

/** `{format, source: {bytes}}` of Bedrock's Converse API. */
function bedrockSource({ holderKey, parent }: Place): ReturnType<Rule> {
  const format = holderKey === "source" && parent ? text(parent, "format") : undefined;
  const contentType = format && Object.hasOwn(BEDROCK_TYPES, format) ? BEDROCK_TYPES[format] : undefined;
  return contentType ? { contentType } : undefined;
}

function generatedImage(holder: object): ReturnType<Rule> {
  const format = text(holder, "output_format");
  return { contentType: format && `image/${format}` };
}

function mediaType(holder: object): string | undefined {
  return text(holder, "mediaType") ?? text(holder, "mimeType") ?? text(holder, "mime_type");
}

function text(holder: object, key: string): string | undefined {
  const value: unknown = Reflect.get(holder, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** By the first bytes; PNG where they are of no kind that is known. */
function imageTypeOf(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("GIF8")) return "image/gif";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "image/webp";
  return "image/png";
}
