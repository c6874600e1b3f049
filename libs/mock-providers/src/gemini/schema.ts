import * as v from "valibot";

const Integer = v.pipe(v.number(), v.integer());
const JsonObject = v.record(v.string(), v.unknown());
const Text = v.nullish(v.string());
const Flag = v.nullish(v.boolean());

/** A part has one kind of content, told by its field. Parts of other kinds pass as they are. */
const PartSchema = v.looseObject({
  text: v.optional(v.string()),
  inlineData: v.optional(v.looseObject({ mimeType: v.string(), data: v.string() })),
  fileData: v.optional(v.looseObject({ mimeType: Text, fileUri: v.string() })),
  functionCall: v.optional(v.looseObject({ id: Text, name: v.string(), args: v.nullish(JsonObject) })),
  functionResponse: v.optional(v.looseObject({ id: Text, name: v.string(), response: v.nullish(JsonObject) })),
  thought: Flag,
});
export type Part = v.InferOutput<typeof PartSchema>;

export const ContentSchema = v.looseObject({ role: Text, parts: v.optional(v.array(PartSchema), []) });
export type Content = v.InferOutput<typeof ContentSchema>;

const FunctionSchema = v.looseObject({
  name: v.string(),
  description: Text,
  parameters: v.nullish(JsonObject),
  parametersJsonSchema: v.nullish(v.unknown()),
});

const FunctionCallingSchema = v.looseObject({
  mode: v.nullish(v.picklist(["MODE_UNSPECIFIED", "AUTO", "ANY", "NONE", "VALIDATED"])),
  allowedFunctionNames: v.nullish(v.array(v.string())),
});

const ThinkingSchema = v.looseObject({
  includeThoughts: Flag,
  thinkingBudget: v.nullish(Integer),
  thinkingLevel: Text,
});

const GenerationConfigSchema = v.looseObject({
  candidateCount: v.nullish(Integer),
  stopSequences: v.nullish(v.array(v.string())),
  maxOutputTokens: v.nullish(Integer),
  temperature: v.nullish(v.number()),
  topP: v.nullish(v.number()),
  responseMimeType: Text,
  responseSchema: v.nullish(JsonObject),
  responseJsonSchema: v.nullish(v.unknown()),
  _responseJsonSchema: v.nullish(v.unknown()),
  thinkingConfig: v.nullish(ThinkingSchema),
});

/** The body of generateContent and streamGenerateContent, its fields in camel case. */
export const GenerateSchema = v.looseObject({
  contents: v.optional(v.array(ContentSchema), []),
  systemInstruction: v.nullish(ContentSchema),
  tools: v.nullish(v.array(v.looseObject({ functionDeclarations: v.nullish(v.array(FunctionSchema)) }))),
  toolConfig: v.nullish(v.looseObject({ functionCallingConfig: v.nullish(FunctionCallingSchema) })),
  generationConfig: v.nullish(GenerationConfigSchema),
});
export type GenerateRequest = v.InferOutput<typeof GenerateSchema>;

/** The body of countTokens: contents alone, or a whole request. */
export const CountSchema = v.looseObject({
  contents: v.optional(v.array(ContentSchema), []),
  generateContentRequest: v.nullish(GenerateSchema),
});

/** The body of embedContent. */
export const EmbedSchema = v.looseObject({
  model: Text,
  content: ContentSchema,
  taskType: Text,
  title: Text,
  outputDimensionality: v.nullish(Integer),
});
export type EmbedRequest = v.InferOutput<typeof EmbedSchema>;

export const BatchEmbedSchema = v.looseObject({ requests: v.optional(v.array(EmbedSchema), []) });
