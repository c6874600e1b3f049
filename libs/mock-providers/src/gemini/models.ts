import type { MockReply } from "../contract";
import type { Call } from "./call";
import { notFound } from "./error";

export type Method =
  | "generateContent"
  | "streamGenerateContent"
  | "countTokens"
  | "embedContent"
  | "batchEmbedContents";

const GENERATE: readonly Method[] = ["generateContent", "streamGenerateContent", "countTokens"];
const EMBED: readonly Method[] = ["embedContent", "batchEmbedContents", "countTokens"];

/** What the API says of a model. */
interface ModelRow {
  readonly name: string;
  readonly inputTokenLimit: number;
  readonly outputTokenLimit: number;
  readonly methods: readonly Method[];
  readonly thinking: boolean;
  /** Of a vector, for models that embed. */
  readonly dimensions: number;
}

const chat = (name: string, thinking = true, outputTokenLimit = 65_536): ModelRow => ({
  name,
  inputTokenLimit: 1_048_576,
  outputTokenLimit,
  methods: GENERATE,
  thinking,
  dimensions: 0,
});
const embedding = (name: string, dimensions: number): ModelRow => ({
  name,
  inputTokenLimit: 2048,
  outputTokenLimit: 1,
  methods: EMBED,
  thinking: false,
  dimensions,
});

const MODELS: readonly ModelRow[] = [
  ...["gemini-3.8-flash", "gemini-3.5-flash", "gemini-3.5-flash-lite", "gemini-3.1-pro-preview"].map((name) =>
    chat(name),
  ),
  ...["gemini-3-pro-preview", "gemini-3-flash-preview", "gemini-2.5-pro", "gemini-2.5-flash"].map((name) => chat(name)),
  chat("gemini-2.5-flash-lite"),
  ...["gemini-2.0-flash", "gemini-2.0-flash-001", "gemini-2.0-flash-lite"].map((name) => chat(name, false, 8192)),
  ...["gemini-flash-latest", "gemini-flash-lite-latest", "gemini-pro-latest"].map((name) => chat(name)),
  embedding("gemini-embedding-001", 3072),
  embedding("gemini-embedding-2", 3072),
  embedding("text-embedding-004", 768),
];

/** Names of the same families that are not listed, e.g. a preview of a date. */
const FAMILY = /^gemini-\d(?:\.\d)?-(?:pro|flash|flash-lite)(?!.*(?:image|tts|audio|live))(?:-[a-z0-9-]+)?$/;
const EMBEDDING_FAMILY = /^(?:gemini-embedding-\d[a-z0-9-]*|text-embedding-\d{3}|embedding-001)$/;

function findModel(name: string): ModelRow | undefined {
  const row = MODELS.find((model) => model.name === name);
  if (row || FAMILY.test(name)) return row ?? chat(name);
  return EMBEDDING_FAMILY.test(name) ? embedding(name, name.startsWith("gemini") ? 3072 : 768) : undefined;
}

/** The model that answers a method; throws the API's refusal where there is none. */
export function requireModel(name: string, method: Method, version: string): ModelRow {
  const model = findModel(name);
  if (model?.methods.includes(method)) return model;
  throw notFound(
    `models/${name} is not found for API version ${version}, or is not supported for ${method}. Call ListModels to see the list of available models and their supported methods.`,
  );
}

const DEFAULT_PAGE = 50;
const LONGEST_PAGE = 1000;

/** GET models: some at a time; the token of a page is the place where it begins. */
export function listModels(call: Call): MockReply {
  const query = call.request.url.searchParams;
  const size = Math.min(readCount(query.get("pageSize")) || DEFAULT_PAGE, LONGEST_PAGE);
  const start = readCount(query.get("pageToken"));
  const page = MODELS.slice(start, start + size);
  const more = start + size < MODELS.length ? { nextPageToken: String(start + size) } : {};
  return call.json({ models: page.map(describeModel), ...more });
}

function readCount(text: string | null): number {
  return /^\d{1,6}$/.test(text ?? "") ? Number(text) : 0;
}

/** GET models/{model}. */
export function getModel(call: Call, name: string): MockReply {
  const model = findModel(name);
  if (!model) throw notFound(`Model is not found: models/${name}`);
  return call.json(describeModel(model));
}

function describeModel({ name, inputTokenLimit, outputTokenLimit, methods, thinking }: ModelRow): object {
  const sampling = { temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2 };
  return {
    name: `models/${name}`,
    version: "001",
    displayName: name,
    description: `A simulated ${name}.`,
    inputTokenLimit,
    outputTokenLimit,
    supportedGenerationMethods: methods.filter((method) => method !== "streamGenerateContent"),
    ...(methods === GENERATE ? sampling : {}),
    ...(thinking ? { thinking } : {}),
  };
}
