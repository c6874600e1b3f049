import * as v from "valibot";
import { CATEGORIES } from "./categories";

const languages = ["any", "python", "typescript", "java", "kotlin", "cli", "config", "no-code"] as const;

const methods = [
  "autolog",
  "autolog-and-wrapper",
  "traced-wrapper",
  "openai-compatible",
  "gateway",
  "otlp",
  "cli-hooks",
  "plugin",
  "filter-pipeline",
  "community-node",
] as const;

const version = v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, "a version such as 3.2.0"));

/** One library, framework or tool whose calls MLflow Tracing records. */
export const integrationSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, "lower-case words joined by - or _")),
  name: v.pipe(v.string(), v.nonEmpty()),
  category: v.picklist(CATEGORIES),
  /** Where the traced program is written; `cli`, `config` and `no-code` need no program at all. */
  languages: v.pipe(v.array(v.picklist(languages)), v.minLength(1)),
  /** How tracing is turned on; `fn` is the call or command that does it, where one is enough. */
  method: v.strictObject({ type: v.picklist(methods), fn: v.optional(v.pipe(v.string(), v.nonEmpty())) }),
  /** The library itself on npm, if it is there. */
  npm: v.array(v.string()),
  /** Upstream's npm packages that trace it: older names first. */
  mlflowNpm: v.array(v.string()),
  /** First MLflow version that records token usage for it, where upstream says so. */
  tokenUsageSince: v.optional(version),
  /** Upstream's page, below `genai/tracing/`. */
  upstreamDocs: v.pipe(v.string(), v.regex(/^[a-z-]+(?:\/[a-z0-9_-]+)+$/)),
  /** Our guide: the name of its file in `docs/genai/tracing/integrations/listing`, without extension. */
  guide: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9_-]+$/))),
});

export const integrationsSchema = v.array(integrationSchema);

export type Language = (typeof languages)[number];
export type Integration = v.InferOutput<typeof integrationSchema>;
