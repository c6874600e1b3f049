import type { Integration } from "./schema";

const UPSTREAM = "https://mlflow.org/docs/latest/genai/tracing";
const LISTING = "genai/tracing/integrations/listing";

/** Docusaurus' id of a guide: `"anthropic"` becomes `"genai/tracing/integrations/listing/anthropic"`. */
export function guideDocId(guide: string): string {
  return `${LISTING}/${guide}`;
}

/** Upstream's page about an integration, an absolute URL. */
export function upstreamUrl(integration: Integration): string {
  return `${UPSTREAM}/${integration.upstreamDocs}`;
}

/** Where a reader goes for an integration: to our guide (a path of this site) or, without one, to upstream's page. */
export function integrationHref(integration: Integration): string {
  return integration.guide === undefined ? upstreamUrl(integration) : `/${guideDocId(integration.guide)}`;
}
