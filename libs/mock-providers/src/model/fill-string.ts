import type { Clues } from "./clues";
import type { Slot } from "./fill-schema";
import type { JsonSchema } from "./json-schema";
import { meaningfulWords } from "./words";

type Source = (clues: Clues, name: string) => string | undefined;

const wholePrompt: Source = (clues) => clues.text.trim();
const DATE = "2026-01-15";

/** Which words in a property's name or description point at which part of the prompt. First match counts. */
const SOURCES: readonly (readonly [words: string, source: Source])[] = [
  ["to cc bcc recipient sender", (clues) => clues.find("email")],
  ["email mail", (clues) => clues.find("email") ?? "reader@example.com"],
  ["url link website uri", (clues) => clues.find("url") ?? "https://example.com"],
  ["date day", (clues) => clues.find("date") ?? DATE],
  ["expression equation formula calculation", (clues) => clues.find("expression") ?? wholePrompt(clues, "")],
  [
    "query question prompt input message sentence content topic text",
    (clues) => clues.find("quoted") ?? wholePrompt(clues, ""),
  ],
];

const FORMATS: Readonly<Record<string, Source>> = {
  date: (clues) => clues.find("date") ?? DATE,
  "date-time": (clues) => `${clues.find("date") ?? DATE}T12:00:00Z`,
  time: () => "12:00:00Z",
  email: (clues) => clues.find("email") ?? "reader@example.com",
  uri: (clues) => clues.find("url") ?? "https://example.com",
  uuid: () => "3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b",
};

/** A text that satisfies `schema`: by its format, by what the property's name asks for, else a name in the prompt. */
export function fillString(schema: JsonSchema, clues: Clues, slot: Slot): string {
  const byFormat = FORMATS[String(schema.format)];
  if (byFormat) return byFormat(clues, slot.name) ?? "";
  const value = byName(schema, clues, slot) ?? clues.find("quoted") ?? clues.takeName() ?? defaultOf(schema);
  return fitLength(value ?? wholePrompt(clues, "") ?? "", schema);
}

function byName(schema: JsonSchema, clues: Clues, { name }: Slot): string | undefined {
  const [preposition = ""] = name.toLowerCase().split(/[_\W]/);
  const after = clues.takeNameAfter(preposition);
  if (after !== undefined) return after;
  const words = meaningfulWords(name).add(name.toLowerCase());
  const source = SOURCES.find(([keys]) => keys.split(" ").some((key) => words.has(key)));
  if (source) return source[1](clues, name);
  const described = meaningfulWords(schema.description ?? "");
  return described.has("expression") ? clues.find("expression") : undefined;
}

function defaultOf(schema: JsonSchema): string | undefined {
  return typeof schema.default === "string" ? schema.default : undefined;
}

/** Lengths count characters (code points), as JSON Schema does. */
function fitLength(text: string, { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: JsonSchema): string {
  const characters = [...text];
  if (characters.length > maxLength) return characters.slice(0, Math.max(0, maxLength)).join("");
  return text + "x".repeat(Math.min(Math.max(0, minLength - characters.length), 100_000));
}
