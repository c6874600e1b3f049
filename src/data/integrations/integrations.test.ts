import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, describe, expect, it } from "vitest";
import { guides, inCategory, integrations } from ".";
import { CATEGORIES, categoryAnchor } from "./categories";
import { guideDocId, integrationHref, upstreamUrl } from "./links";
import { countExamples } from "./plugin";
import { integrationSchema, integrationsSchema } from "./schema";

const listing = "docs/genai/tracing/integrations/listing";

describe("the integrations", () => {
  it("follow the schema", () => {
    expect(v.safeParse(integrationsSchema, integrations).issues).toBeUndefined();
  });

  it("have unique ids", () => {
    expect(new Set(integrations.map(({ id }) => id)).size).toBe(integrations.length);
  });

  it("stand in the fixed order of categories, none of them empty", () => {
    const seen = [...new Set(integrations.map(({ category }) => category))];
    expect(seen).toEqual(CATEGORIES);
    expect(CATEGORIES.flatMap((category) => inCategory(category))).toEqual(integrations);
  });

  it("never show two cards of one name in a category", () => {
    for (const category of CATEGORIES) {
      const names = inCategory(category).map(({ name }) => name);
      expect(new Set(names).size, category).toBe(names.length);
    }
  });

  it("link to well-formed pages of upstream", () => {
    for (const integration of integrations) {
      const url = new URL(upstreamUrl(integration));
      expect(url.origin).toBe("https://mlflow.org");
      expect(url.pathname).toMatch(/^\/docs\/latest\/genai\/tracing\/[a-z-]+\/[a-z0-9_/-]+$/);
    }
  });
});

describe("the guides", () => {
  it("are exactly the pages in the docs", () => {
    const pages = readdirSync(listing).map((file) => file.replace(/\.mdx?$/, ""));
    expect(new Set(guides.map(({ guide }) => guide))).toEqual(new Set(pages));
    for (const { guide } of guides) expect(existsSync(`docs/${guideDocId(guide)}.mdx`), guide).toBe(true);
  });

  it("are what a card links to; without one it is upstream's page", () => {
    for (const integration of integrations) {
      const href = integrationHref(integration);
      if (integration.guide === undefined) expect(href).toBe(upstreamUrl(integration));
      else expect(href).toBe(`/genai/tracing/integrations/listing/${integration.guide}`);
    }
  });
});

describe("the schema", () => {
  const valid = integrations[0];

  it.each([
    ["an id with a space", { id: "open ai" }],
    ["an unknown category", { category: "Databases" }],
    ["no language", { languages: [] }],
    ["a vague version", { tokenUsageSince: "3.2" }],
    ["an absolute upstream URL", { upstreamDocs: "https://example.org/x" }],
    ["a guide outside the listing", { guide: "../index" }],
    ["a misspelt field", { npmPackages: [] }],
  ])("refuses %s", (_, change) => {
    expect(v.is(integrationSchema, valid)).toBe(true);
    expect(v.is(integrationSchema, { ...valid, ...change })).toBe(false);
  });
});

describe("categoryAnchor", () => {
  it("is unique and fit for a URL", () => {
    const anchors = CATEGORIES.map(categoryAnchor);
    expect(new Set(anchors).size).toBe(CATEGORIES.length);
    for (const anchor of anchors) expect(anchor).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

describe("countExamples", () => {
  const site = mkdtempSync(join(tmpdir(), "tracebook-"));
  afterEach(() => rmSync(site, { recursive: true, force: true }));

  it("counts folders with an example.json, and nothing else", () => {
    expect(countExamples(site, "anthropic")).toBe(0);
    for (const name of ["basic", "tool-agent", "draft"])
      mkdirSync(join(site, "examples/anthropic", name), { recursive: true });
    expect(countExamples(site, "anthropic")).toBe(0);
    for (const name of ["basic", "tool-agent"])
      writeFileSync(join(site, "examples/anthropic", name, "example.json"), "{}");
    writeFileSync(join(site, "examples/anthropic/README.md"), "");
    expect(countExamples(site, "anthropic")).toBe(2);
  });
});
