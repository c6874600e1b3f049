/** A tool in the form of OpenAI's API, which MLflow uses for all providers. */
export interface ChatTool {
  type: "function";
  function: { name: string; description?: string; parameters?: unknown };
}

/** What a model may call, as Gemini's API has it: `parameters` is its own schema, the other one is JSON Schema. */
interface FunctionDeclaration {
  name?: string;
  description?: string;
  parameters?: unknown;
  parametersJsonSchema?: unknown;
}

/** Schemas are a few levels deep; what is deeper than this, a cycle at worst, stays as it is. */
const MAX_DEPTH = 50;
const OF_SCHEMAS = new Set(["properties", "defs", "$defs"]);
const SCHEMAS = new Set(["items", "anyOf", "prefixItems", "additionalProperties"]);

/** The functions that `tools` declare; tools of the service itself, such as its search, are none. */
export function toChatTools(tools: unknown): ChatTool[] {
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((tool: unknown) => {
    const declarations = (tool as { functionDeclarations?: unknown } | null)?.functionDeclarations;
    return Array.isArray(declarations) ? declarations.map(toChatTool) : [];
  });
}

function toChatTool({ name, description, parameters, parametersJsonSchema }: FunctionDeclaration): ChatTool {
  const schema = parametersJsonSchema ?? toJsonSchema(parameters, 0);
  return {
    type: "function",
    function: {
      name: name ?? "",
      ...(description === undefined ? {} : { description }),
      ...(schema === undefined ? {} : { parameters: schema }),
    },
  };
}

/** Gemini's schemas are JSON Schema but for the names of their types: `STRING` for `string`. */
function toJsonSchema(schema: unknown, depth: number): unknown {
  if (typeof schema !== "object" || schema === null || depth > MAX_DEPTH) return schema;
  if (Array.isArray(schema)) return schema.map((item) => toJsonSchema(item, depth + 1));
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, toSchemaField(key, value, depth + 1)]),
  );
}

function toSchemaField(key: string, value: unknown, depth: number): unknown {
  if (key === "type" && typeof value === "string") return value.toLowerCase();
  if (SCHEMAS.has(key)) return toJsonSchema(value, depth);
  if (!OF_SCHEMAS.has(key) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, toJsonSchema(schema, depth)]));
}
