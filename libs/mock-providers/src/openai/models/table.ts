export type ModelKind = "chat" | "responses" | "completions" | "embeddings" | "moderations";

/** A model that the mock knows. */
export interface ModelRow {
  readonly name: string;
  readonly kind: ModelKind;
  /** Dated snapshots; the plain name answers as the first. */
  readonly snapshots: readonly string[];
  /** Tokens of prompt and answer together; for embeddings, of one input. */
  readonly context: number;
}

const row =
  (kind: ModelKind, context: number) =>
  (name: string, ...dates: readonly string[]): ModelRow => ({
    name,
    kind,
    snapshots: dates.map((date) => `${name}-${date}`),
    context,
  });

const chat5 = row("chat", 400_000);
const responses5 = row("responses", 400_000);
const chat41 = row("chat", 1_047_576);
const chatO = row("chat", 200_000);
const responsesO = row("responses", 200_000);
const chat128 = row("chat", 128_000);
const chat16 = row("chat", 16_385);
const chat8 = row("chat", 8_192);

/** The names that the official SDK of this version lists, and no others. */
export const MODELS: readonly ModelRow[] = [
  ...["gpt-5.6-sol", "gpt-5.6-terra", "gpt-5.6-luna", "gpt-5.4", "gpt-5.3-chat-latest"].map((name) => chat5(name)),
  chat5("gpt-5.4-mini", "2026-03-17"),
  chat5("gpt-5.4-nano", "2026-03-17"),
  chat5("gpt-5.2", "2025-12-11"),
  chat5("gpt-5.2-chat-latest"),
  responses5("gpt-5.2-pro", "2025-12-11"),
  chat5("gpt-5.1", "2025-11-13"),
  ...["gpt-5.1-mini", "gpt-5.1-chat-latest", "gpt-5-chat-latest"].map((name) => chat5(name)),
  ...["gpt-5.1-codex", "gpt-5.1-codex-max", "gpt-5-codex"].map((name) => responses5(name)),
  chat5("gpt-5", "2025-08-07"),
  chat5("gpt-5-mini", "2025-08-07"),
  chat5("gpt-5-nano", "2025-08-07"),
  responses5("gpt-5-pro", "2025-10-06"),
  chat41("gpt-4.1", "2025-04-14"),
  chat41("gpt-4.1-mini", "2025-04-14"),
  chat41("gpt-4.1-nano", "2025-04-14"),
  chatO("o4-mini", "2025-04-16"),
  chatO("o3", "2025-04-16"),
  chatO("o3-mini", "2025-01-31"),
  chatO("o1", "2024-12-17"),
  chatO("o1-preview", "2024-09-12"),
  chatO("o1-mini", "2024-09-12"),
  responsesO("o1-pro", "2025-03-19"),
  responsesO("o3-pro", "2025-06-10"),
  responsesO("o3-deep-research", "2025-06-26"),
  responsesO("o4-mini-deep-research", "2025-06-26"),
  responsesO("codex-mini-latest"),
  chat128("gpt-4o", "2024-08-06", "2024-11-20", "2024-05-13"),
  chat128("gpt-4o-mini", "2024-07-18"),
  chat128("gpt-4o-audio-preview", "2025-06-03", "2024-12-17", "2024-10-01"),
  chat128("gpt-4o-mini-audio-preview", "2024-12-17"),
  chat128("gpt-4o-search-preview", "2025-03-11"),
  chat128("gpt-4o-mini-search-preview", "2025-03-11"),
  chat128("chatgpt-4o-latest"),
  chat128("gpt-4-turbo", "2024-04-09"),
  ...["gpt-4-turbo-preview", "gpt-4-0125-preview", "gpt-4-1106-preview", "gpt-4-vision-preview"].map((name) =>
    chat128(name),
  ),
  chat8("gpt-4", "0613", "0314"),
  row("chat", 32_768)("gpt-4-32k", "0613", "0314"),
  chat16("gpt-3.5-turbo", "0125", "1106", "0613", "0301"),
  chat16("gpt-3.5-turbo-16k", "0613"),
  row("completions", 4_096)("gpt-3.5-turbo-instruct", "0914"),
  ...["davinci-002", "babbage-002"].map((name) => row("completions", 16_384)(name)),
  ...["text-embedding-3-small", "text-embedding-3-large", "text-embedding-ada-002"].map((name) =>
    row("embeddings", 8_192)(name),
  ),
  row("moderations", 32_768)("omni-moderation-latest"),
  row("moderations", 32_768)("omni-moderation-2024-09-26"),
  ...["text-moderation-latest", "text-moderation-stable"].map((name) => row("moderations", 32_768)(name)),
];
