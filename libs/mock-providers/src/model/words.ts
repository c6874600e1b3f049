const STOP_WORDS = new Set(
  `a about am an and any are as at be by can could current currently data did do does for from given has have how i if in
  into is it its let like me my now of on or our please return returns should so some tell than that the their them there
  these they this to tool up us use used user using want was we were what when where which who why will with would you
  your`.split(/\s+/),
);

/** Words that start sentences without being names. */
const SENTENCE_STARTERS = new Set(
  `a add also an and answer are ask at book buy calculate call can check compare compute convert could create define describe
  did do does estimate explain fetch find first for from get give good great has have hello help here hey hi how i if in is it
  its let list look make my no now ok okay on open or order our please plan play read remind reserve say schedule search second
  send set should show so solve sum suggest summarise summarize tell thank thanks that the their then there these they this
  to today tomorrow translate try use visit was we were what when where which who why will with would write yes you
  your`.split(/\s+/),
);

/** The meaningful words of a text: lower case, singular, names like `getWeather` or `get_weather` taken apart. */
export function meaningfulWords(text: string): Set<string> {
  const apart = text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").toLowerCase();
  const words = apart.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => !STOP_WORDS.has(word)).map(singular));
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

const CAPITALISED = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{M}'’-]*(?:[ ]\p{Lu}[\p{L}\p{M}'’-]*)*/gu;

/**
 * Names in a text: runs of capitalised words, in order, e.g. `["Oslo", "New York"]`. A single word at the start of a
 * sentence may be capitalised for that alone: it comes last, unless it opens a list.
 */
export function properNouns(text: string): string[] {
  const runs = [...text.matchAll(CAPITALISED)].map(({ 0: run, index }) => ({
    name: withoutStarters(run),
    doubtful: !run.includes(" ") && startsSentence(text.slice(0, index)) && !opensList(text.slice(index + run.length)),
  }));
  const names = (doubtful: boolean): string[] =>
    runs.filter((run) => run.doubtful === doubtful).map(({ name }) => name);
  return [...names(false), ...names(true)].filter((name) => name !== "");
}

function startsSentence(before: string): boolean {
  return /(?:^|[.!?:]\s|\n)["“«'(\s]*$/u.test(before);
}

function opensList(after: string): boolean {
  return /^\s*(?:,|and\s|or\s|&)/.test(after);
}

function withoutStarters(run: string): string {
  const words = run.replace(/['’]s$/u, "").split(" ");
  while (words[0] !== undefined && SENTENCE_STARTERS.has(words[0].toLowerCase())) words.shift();
  return words.join(" ");
}

/** Numbers in a text, in order, e.g. `[27, 4.5]`; thousands commas are read as such. */
export function numbersIn(text: string): number[] {
  const matches = text.match(/(?<![\p{L}\p{N}.-])-?\d+(?:,\d{3})*(?:\.\d+)?(?![\p{L}\p{N}])/gu) ?? [];
  return matches.map((match) => Number(match.replaceAll(",", ""))).filter(Number.isFinite);
}

/** Whether `phrase` stands in `text` as words of its own, whatever the case. */
export function mentions(text: string, phrase: string): boolean {
  const plain = (value: string): string =>
    ` ${value
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()} `;
  return plain(phrase).trim() !== "" && plain(text).includes(plain(phrase));
}

/** Verbs that the names of many tools share: they say little about which one is meant. */
export const TOOL_VERBS: ReadonlySet<string> = new Set([
  "get",
  "fetch",
  "find",
  "search",
  "lookup",
  "look",
  "list",
  "create",
  "make",
  "run",
  "query",
  "check",
]);
