import { API_MODULES, type ApiModule } from "./modules";
import { API_ROUTE, type ApiNames } from "./names";

const REFERENCE = "https://mlflow.org/docs/latest/api_reference";

/** A name that no API reference documents: neither upstream's, as far as `modules.ts` knows, nor ours. */
export class UnknownApiError extends Error {
  override readonly name = "UnknownApiError";
}

/**
 * Upstream's reference page for a dotted name, found by the longest module that the name starts with.
 *
 * @throws UnknownApiError for a name that is not in `modules.ts`: a link to nowhere must stop the build.
 * @example
 * apiUrl("mlflow.anthropic.autolog");
 * // "https://mlflow.org/docs/latest/api_reference/python_api/mlflow.anthropic.html#mlflow.anthropic.autolog"
 */
export function apiUrl(fn: string): string {
  const [name, module] = longestModule(fn);
  const page = `${REFERENCE}/${module.page}`;
  if (fn === name) return page;
  const member = fn.slice(name.length + 1);
  if (module.members?.includes(member)) return `${page}#${fn}`;
  throw new UnknownApiError(
    `"${fn}" is not in src/data/api-links/modules.ts. Known in ${name}: ${module.members?.join(", ") ?? "the page alone"}.`,
  );
}

/** A link to a reference. */
export interface ApiLink {
  /** A URL of upstream's reference, or a path of this site. */
  readonly href: string;
  /** The name as code: `mlflow.anthropic.autolog()`; of TypeScript without the package: `withSpan()`. */
  readonly label: string;
}

/**
 * The link for a dotted name: of Python's API to upstream's reference, of a TypeScript package to ours.
 *
 * @param names reads the names of our reference; called only for a TypeScript name
 * @throws UnknownApiError for a name that is in neither
 * @example
 * apiLink("mlflow-tracing.withSpan", names); // { href: "/api/mlflow-tracing#withSpan", label: "withSpan()" }
 */
export function apiLink(fn: string, names: () => ApiNames): ApiLink {
  if (fn.startsWith("mlflow-")) return typescriptLink(fn, names());
  return { href: apiUrl(fn), label: isApiModule(fn) ? fn : `${fn}()` };
}

function typescriptLink(fn: string, names: ApiNames): ApiLink {
  const found = Object.hasOwn(names, fn) ? names[fn] : undefined;
  if (found) {
    const name = fn.slice(fn.indexOf(".") + 1);
    return { href: `${API_ROUTE}/${found.address}`, label: found.callable ? `${name}()` : name };
  }
  const owner = fn.slice(0, Math.max(fn.lastIndexOf("."), 0));
  const siblings = Object.keys(names).filter((name) => name.slice(0, Math.max(name.lastIndexOf("."), 0)) === owner);
  throw new UnknownApiError(`"${fn}" is not exported. Known: ${siblings.join(", ") || "nothing below its owner"}.`);
}

/** True when the name is a whole module, which no one calls. */
export function isApiModule(fn: string): boolean {
  return API_MODULES.has(fn);
}

function longestModule(fn: string): [string, ApiModule] {
  const parts = fn.split(".");
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join(".");
    const module = API_MODULES.get(name);
    if (module) return [name, module];
  }
  throw new UnknownApiError(`"${fn}" is in no module of src/data/api-links/modules.ts.`);
}
