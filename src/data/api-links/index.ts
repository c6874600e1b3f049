import { API_MODULES, type ApiModule } from "./modules";

const REFERENCE = "https://mlflow.org/docs/latest/api_reference";

/** A name that upstream's API reference does not document, as far as `modules.ts` knows. */
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
