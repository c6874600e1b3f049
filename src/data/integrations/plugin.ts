import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { LoadContext, Plugin } from "@docusaurus/types";
import * as v from "valibot";
import { guides, integrations } from ".";
import { integrationsSchema } from "./schema";

/** What the plugin gives to every page: the guides (by `guide`) that have at least one example to run. */
export interface IntegrationsGlobalData {
  readonly runnable: readonly string[];
}

/** Counts the examples of a guide: folders `examples/<guide>/<name>/` that hold an `example.json`. */
export function countExamples(siteDir: string, guide: string): number {
  const folder = join(siteDir, "examples", guide);
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, "example.json"))).length;
}

/** The guides that run in the page, in the order of the data. */
export function runnableGuides(siteDir: string): string[] {
  return guides.map(({ guide }) => guide).filter((guide) => countExamples(siteDir, guide) > 0);
}

/** Validates the data (a wrong entry stops the build and says where) and tells the pages which guides run in them. */
export function integrationsPlugin({ siteDir }: LoadContext): Plugin {
  return {
    name: "tracebook-integrations",
    getPathsToWatch: () => [join(siteDir, "examples/*/*/example.json")],
    loadContent: () => {
      v.parse(integrationsSchema, integrations);
      return { runnable: runnableGuides(siteDir) } satisfies IntegrationsGlobalData;
    },
    contentLoaded: ({ content, actions }) => actions.setGlobalData(content),
  };
}
