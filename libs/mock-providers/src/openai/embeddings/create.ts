import * as v from "valibot";
import type { MockReply } from "../../contract";
import { embedText } from "../../model/embedding";
import { countTokens } from "../../model/tokens";
import type { Call } from "../call";
import { badRequest } from "../error";
import { requireModel } from "../models/models";
import { parseBody } from "../parse";
import { Integer, ModelName, Positive, Text } from "../schema";

const MOST_INPUTS = 2048;
/** Dimensions of each model; only the newer ones can give fewer. */
const DIMENSIONS: Readonly<Record<string, number>> = {
  "text-embedding-3-small": 1536,
  "text-embedding-3-large": 3072,
  "text-embedding-ada-002": 1536,
};

const TokenList = v.array(Integer);
/** A text, or a list of texts, of tokens, or of lists of tokens. */
const InputSchema = v.lazy((input) => {
  if (!Array.isArray(input)) return v.string();
  const item = typeof input[0] === "number" ? Integer : Array.isArray(input[0]) ? TokenList : v.string();
  return v.pipe(v.array<typeof Integer | typeof TokenList | v.StringSchema<undefined>>(item), v.minLength(1));
});

const EmbeddingsSchema = v.looseObject({
  model: ModelName,
  input: InputSchema,
  encoding_format: v.nullish(v.picklist(["float", "base64"])),
  dimensions: v.nullish(Positive),
  user: Text,
});
type EmbeddingsRequest = v.InferOutput<typeof EmbeddingsSchema>;

/** One input: what the vector is made of, and what it costs. */
interface Input {
  readonly text: string;
  readonly tokens: number;
}

/** POST /v1/embeddings. */
export function createEmbeddings(call: Call, json: unknown): MockReply {
  const request = parseBody(EmbeddingsSchema, json);
  const model = requireModel(request.model, "embeddings");
  const dimensions = dimensionsOf(request);
  const inputs = toInputs(request.input);
  checkInputs(inputs, model.context);
  const encode = request.encoding_format === "base64" ? toBase64 : (vector: number[]) => vector;
  const tokens = inputs.reduce((sum, input) => sum + input.tokens, 0);
  return call.json(
    {
      object: "list",
      data: inputs.map(({ text }, index) => ({
        object: "embedding",
        index,
        embedding: encode(embedText(text, dimensions)),
      })),
      model: model.answersAs,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    },
    call.pace({ model: request.model, tokens: 1, latencyMs: undefined }).firstTokenMs,
  );
}

function dimensionsOf({ model, dimensions }: EmbeddingsRequest): number {
  const most = DIMENSIONS[model] ?? 1536;
  if (dimensions == null) return most;
  if (model === "text-embedding-ada-002") throw badRequest("This model does not support specifying dimensions.");
  if (dimensions > most) {
    throw badRequest(`Invalid value for 'dimensions' = ${dimensions}. Must be less than or equal to ${most}.`);
  }
  return dimensions;
}

function toInputs(input: EmbeddingsRequest["input"]): Input[] {
  if (typeof input === "string") return [ofText(input)];
  const tokens = input.filter((item) => typeof item === "number");
  if (tokens.length > 0) return [ofTokens(tokens)];
  return input.map((item) => (typeof item === "string" ? ofText(item) : ofTokens([item].flat())));
}

function ofText(text: string): Input {
  return { text, tokens: countTokens(text) };
}

/** Token numbers cannot be turned back into words here; each counts as a word of its own. */
function ofTokens(tokens: readonly number[]): Input {
  return { text: tokens.map((token) => `t${token}`).join(" "), tokens: tokens.length };
}

function checkInputs(inputs: readonly Input[], context: number): void {
  if (inputs.length > MOST_INPUTS) {
    const message = `Invalid 'input': array too long. Expected an array with maximum length ${MOST_INPUTS}, but got an array with length ${inputs.length} instead.`;
    throw badRequest(message, "input", "array_above_max_length");
  }
  if (inputs.some(({ text }) => text === "")) throw badRequest("'$.input' is invalid: a text must not be empty.");
  const long = inputs.find(({ tokens }) => tokens > context);
  if (!long) return;
  throw badRequest(
    `This model's maximum context length is ${context} tokens, however you requested ${long.tokens} tokens.`,
  );
}

/** 32-bit floats, least byte first, in base64. */
function toBase64(vector: readonly number[]): string {
  const bytes = new Uint8Array(vector.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of vector.entries()) view.setFloat32(index * 4, value, true);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
