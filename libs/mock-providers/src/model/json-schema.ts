/** The part of JSON Schema that tool arguments use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly items?: unknown;
  readonly prefixItems?: readonly unknown[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly allOf?: readonly unknown[];
  readonly $ref?: string;
}

/** `value` as a schema object; anything else (`true`, nonsense) allows everything. */
export function asSchema(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** The schema after local `$ref`, `allOf` and the first of `anyOf`/`oneOf` have been folded into it. */
export function resolveSchema(value: unknown, root: unknown, depth = 0): JsonSchema {
  const schema = asSchema(value);
  if (depth > 16) return {};
  const { $ref, allOf, anyOf, oneOf, ...rest } = schema;
  const parts = [
    ...(typeof $ref === "string" ? [followRef($ref, root)] : []),
    ...list(allOf),
    ...list(anyOf).slice(0, 1),
    ...list(oneOf).slice(0, 1),
  ];
  return parts.map((part) => resolveSchema(part, root, depth + 1)).reduce(mergeSchemas, rest);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function mergeSchemas(left: JsonSchema, right: JsonSchema): JsonSchema {
  return {
    ...left,
    ...right,
    properties: { ...left.properties, ...right.properties },
    required: [...new Set([...list(left.required), ...list(right.required)])].map(String),
  };
}

/** Follows `#/$defs/Name`. Anything that is not in the schema itself is not followed. */
function followRef(ref: string, root: unknown): unknown {
  if (!ref.startsWith("#")) return {};
  const steps = ref.slice(1).split("/").filter(Boolean);
  return steps.reduce<unknown>((value, step) => {
    const key = decodeStep(step);
    return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : {};
  }, root);
}

function decodeStep(step: string): string {
  const plain = step.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
