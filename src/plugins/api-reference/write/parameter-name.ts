import type { ParameterReflection, SomeType } from "typedoc";

/** What TypeDoc calls a parameter that is taken apart at once. */
const UNNAMED = "__namedParameters";

/**
 * A parameter's name with the `?` of an optional one. A parameter without a name of its own is called by the last word of its
 * type: `options` for `MlflowClientOptions`. The underscore of an unused one means nothing to a caller.
 */
export function parameterName(parameter: ParameterReflection): string {
  const optional = parameter.flags.isOptional || parameter.defaultValue !== undefined ? "?" : "";
  const name = parameter.name === UNNAMED ? lastWord(parameter.type) : parameter.name.replace(/^_+(?=.)/, "");
  return `${name}${optional}`;
}

function lastWord(type: SomeType | undefined): string {
  if (type?.type !== "reference") return "options";
  const [inner] = type.typeArguments ?? [];
  if (type.package === "typescript" && inner) return lastWord(inner);
  return /[A-Z][a-z]+$/.exec(type.name)?.[0].toLowerCase() ?? "options";
}
