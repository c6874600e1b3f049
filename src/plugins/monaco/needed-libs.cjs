/** Declarations of the language that no playground uses: the page's own DOM, Windows Script Host, what comes after ES2023. */
const UNUSED = /^libFileMap\["lib\.(?:dom|scripthost|esnext|es2024|webworker\.importscripts)\b/;

/** A loader for the file in which Monaco keeps all of TypeScript's `lib.*.d.ts`: two thirds of it are dropped. */
module.exports = function neededLibs(source) {
  const kept = source.split(/^(?=libFileMap\[)/m).filter((entry) => !UNUSED.test(entry));
  const text = kept.join("");
  if (!text.includes("lib.webworker.d.ts") || !text.includes("export")) {
    throw new Error("Monaco's file of TypeScript's declarations has changed its form");
  }
  return text;
};
