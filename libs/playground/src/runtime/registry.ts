import { MODULE_ALIASES } from "../bundles/table";

/** A CommonJS module as the bundles and the lowered program define it. */
export type ModuleFactory = (require: (name: string) => unknown, module: { exports: unknown }, exports: object) => void;

/** Names that only the runtime itself asks for; a program does not see them. */
const INTERNAL = /^(service:|tslib$)/;

/**
 * The modules that a program can `require`. A module runs once, on its first `require`, as in Node.js.
 * `builtin` gives what the platform itself has under a name, or `undefined`.
 *
 * @example
 * const registry = createRegistry();
 * registry.define("greet", (_require, module) => { module.exports = { hi: () => "hi" }; });
 * registry.require("greet");
 */
export function createRegistry(builtin: (name: string) => unknown = () => undefined) {
  const factories = new Map<string, ModuleFactory>();
  const loaded = new Map<string, { exports: unknown }>();

  function load(name: string, factory: ModuleFactory): unknown {
    const module = { exports: {} };
    loaded.set(name, module);
    try {
      factory((request) => requireFrom(name, request), module, module.exports);
    } catch (error) {
      loaded.delete(name);
      throw error;
    }
    onLoad.get(name)?.(module.exports);
    return module.exports;
  }

  const onLoad = new Map<string, (exports: unknown) => void>();

  function requireFrom(from: string, request: string): unknown {
    const name = request.startsWith(".")
      ? resolveRelative(from, request, factories)
      : (MODULE_ALIASES[request] ?? request);
    const cached = loaded.get(name);
    if (cached) return cached.exports;
    const factory = factories.get(name);
    if (factory) return load(name, factory);
    const exports = builtin(name);
    if (exports === undefined) throw moduleNotFound(request, factories.keys());
    return exports;
  }

  return {
    /** Adds a module; defining a name again replaces it if it has not run yet. */
    define: (name: string, factory: ModuleFactory) => void factories.set(name, factory),
    has: (name: string) => factories.has(name),
    /** Every module that is defined so far. */
    names: () => [...factories.keys()],
    /** Whether the module has run. */
    isLoaded: (name: string) => loaded.has(name),
    require: (name: string) => requireFrom("", name),
    /** Calls `listener` right after the module has run for the first time, or now if it has. */
    whenLoaded(name: string, listener: (exports: unknown) => void): void {
      const module = loaded.get(name);
      if (module) listener(module.exports);
      else onLoad.set(name, listener);
    },
    /** Runs every module that is defined so far; one that fails is tried again when it is asked for. */
    preload(): void {
      for (const name of factories.keys()) {
        try {
          requireFrom("", name);
        } catch {
          // Whoever requires it will see the error.
        }
      }
    },
  };
}
export type Registry = ReturnType<typeof createRegistry>;

/** Resolves `./weather` against `agents/main.ts` among the program's own files. */
function resolveRelative(from: string, request: string, known: ReadonlyMap<string, unknown>): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of request.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  const path = parts.join("/");
  const candidates = [path, `${path}.ts`, path.replace(/\.js$/, ".ts"), `${path}/index.ts`];
  return candidates.find((candidate) => known.has(candidate)) ?? path;
}

function moduleNotFound(request: string, names: Iterable<string>): Error {
  const available = [...names].filter((name) => !INTERNAL.test(name)).sort();
  const error = new Error(`Cannot find module '${request}'. Available here: ${available.join(", ") || "none"}.`);
  return Object.assign(error, { code: "MODULE_NOT_FOUND" });
}
