import { splitParameters } from "./parameter-list.js";

/** A parameter: its name, or what it is when it has none. */
type Parameter = { readonly name: string } | { readonly unnamed: "pattern" | "rest" };

const cache = new WeakMap<object, readonly Parameter[]>();

/**
 * The inputs of a traced function, by the names of its parameters: as many as were passed. A destructured parameter among
 * named ones is `arg<position>`; a rest parameter and surplus arguments are left out.
 *
 * Names are read from the function's source text, so after minification they are the minified ones. Where there are none to
 * read (native and bound functions, only destructured or rest parameters) the inputs are `{args: […]}`.
 */
export function namedArguments(fn: object, args: readonly unknown[]): Record<string, unknown> {
  const parameters = parametersOf(fn);
  if (!parameters.some((parameter) => "name" in parameter)) return args.length > 0 ? { args: [...args] } : {};
  const inputs: Record<string, unknown> = {};
  for (const [at, parameter] of parameters.slice(0, args.length).entries()) {
    if ("name" in parameter) inputs[parameter.name] = args[at];
    else if (parameter.unnamed === "pattern") inputs[`arg${at}`] = args[at];
  }
  return inputs;
}

function parametersOf(fn: object): readonly Parameter[] {
  const known = cache.get(fn);
  if (known) return known;
  const parameters = splitParameters(Function.prototype.toString.call(fn)).map(readParameter);
  cache.set(fn, parameters);
  return parameters;
}

function readParameter(text: string): Parameter {
  if (text.startsWith("...")) return { unnamed: "rest" };
  const name = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/u.exec(text)?.[0];
  return name === undefined ? { unnamed: "pattern" } : { name };
}
