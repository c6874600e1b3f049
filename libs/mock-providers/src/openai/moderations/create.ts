import * as v from "valibot";
import type { MockReply } from "../../contract";
import { createRandom, hashText } from "../../model/hash";
import { meaningfulWords } from "../../model/words";
import type { Call } from "../call";
import { badRequest } from "../error";
import { requireModel } from "../models/models";
import { parseBody } from "../parse";
import { ModelName, textOrList } from "../schema";
import { CATEGORIES, type Category } from "./categories";

const DEFAULT_MODEL = "omni-moderation-latest";
/** Scores from here on flag a text. */
const THRESHOLD = 0.5;

const PartSchema = v.looseObject({
  type: v.picklist(["text", "image_url"]),
  text: v.optional(v.string()),
  image_url: v.optional(v.looseObject({ url: v.string() })),
});
const ItemSchema = v.lazy((input) => (typeof input === "object" ? PartSchema : v.string())) as v.GenericSchema<
  unknown,
  string | v.InferOutput<typeof PartSchema>
>;
const ModerationsSchema = v.looseObject({ model: v.nullish(ModelName), input: textOrList(ItemSchema) });

/** What is judged as one: a text, or the parts of a message together. */
interface Sample {
  readonly text: string;
  readonly kinds: readonly ("text" | "image")[];
}

/** POST /v1/moderations. Words decide; pictures are accepted and found harmless. */
export function createModeration(call: Call, json: unknown): MockReply {
  const { model, input } = parseBody(ModerationsSchema, json);
  const named = requireModel(model ?? DEFAULT_MODEL, "moderations");
  if (input.length === 0) throw badRequest("Invalid 'input': it must not be empty.", "input", "empty_array");
  return call.json({
    id: call.hexId("modr-", "moderation", 32),
    model: named.answersAs === DEFAULT_MODEL ? "omni-moderation-2024-09-26" : named.answersAs,
    results: toSamples(input).map(judge),
  });
}

function toSamples(input: v.InferOutput<typeof ModerationsSchema>["input"]): Sample[] {
  if (typeof input === "string") return [{ text: input, kinds: ["text"] }];
  const texts = input.filter((item) => typeof item === "string");
  const parts = input.filter((item) => typeof item !== "string");
  const samples: Sample[] = texts.map((text) => ({ text, kinds: ["text"] }));
  if (parts.length === 0) return samples;
  const kinds = new Set(parts.map(({ type }) => (type === "text" ? ("text" as const) : ("image" as const))));
  return [...samples, { text: parts.map(({ text }) => text ?? "").join(" "), kinds: [...kinds] }];
}

function judge({ text, kinds }: Sample): object {
  const words = meaningfulWords(text);
  const scores = CATEGORIES.map((category) => [category, score(category, words, text)] as const);
  const byName = <T>(value: (category: Category, score: number) => T): Record<string, T> =>
    Object.fromEntries(scores.map(([category, found]) => [category.name, value(category, found)]));
  return {
    flagged: scores.some(([, found]) => found >= THRESHOLD),
    categories: byName((_category, found) => found >= THRESHOLD),
    category_scores: byName((_category, found) => found),
    category_applied_input_types: byName(({ pictures }) => kinds.filter((kind) => kind === "text" || pictures)),
  };
}

/** Near 1 where a word of the category occurs, near 0 otherwise; the exact number depends on the text alone. */
function score({ name, words }: Category, present: ReadonlySet<string>, text: string): number {
  const random = createRandom(hashText(`${name}:${text}`))();
  const value = words.some((word) => present.has(word)) ? 0.9 + random / 11 : random / 1000;
  return Number(value.toPrecision(8));
}
