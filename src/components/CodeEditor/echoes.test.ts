import { expect, it } from "vitest";
import { trackEchoes } from "./echoes";

it("knows its own texts when they come back, late and not all of them", () => {
  const echoes = trackEchoes();
  for (const text of ["a", "ab", "abc"]) echoes.told(text);
  expect(echoes.isEcho("ab")).toBe(true);
  expect(echoes.isEcho("abc")).toBe(true);
});

it("takes any other text for the owner's", () => {
  const echoes = trackEchoes();
  echoes.told("ab");
  expect(echoes.isEcho("original")).toBe(false);
});

it("takes a text that has already come back for the owner's: a reset to it must not be lost", () => {
  const echoes = trackEchoes();
  echoes.told("a");
  echoes.told("ab");
  expect(echoes.isEcho("ab")).toBe(true);
  expect(echoes.isEcho("a")).toBe(false);
});

it("forgets what was on its way when the owner sets a text", () => {
  const echoes = trackEchoes();
  echoes.told("ab");
  echoes.isEcho("original");
  expect(echoes.isEcho("ab")).toBe(false);
});
