import { translate } from "./translation.js";

/** The part of OpenTelemetry's `ReadableSpan` that is translated. */
export interface TranslatableSpan {
  readonly name: string;
  readonly attributes: object;
}

/**
 * Adds MLflow's attributes to a finished span of the AI SDK, and names a tool call after its tool. Changes the span in place
 * and returns it. Attributes that are there already stay; spans of others are left alone. Never throws.
 *
 * @example
 * const span = { name: "ai.generateText", attributes: { "ai.operationId": "ai.generateText", "ai.prompt": '{"prompt":"Hi"}' } };
 * translateSpanForMlflow(span).attributes; // also has mlflow.spanType "LLM" and mlflow.spanInputs
 */
export function translateSpanForMlflow<S extends TranslatableSpan>(span: S): S {
  try {
    translateInPlace(span);
  } catch {
    // A span that cannot be translated is exported as it is.
  }
  return span;
}

/**
 * {@link translateSpanForMlflow} for each of `spans`; the same spans, none left out.
 *
 * @example
 * class TranslatingExporter extends OTLPTraceExporter {
 *   override export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
 *     super.export(translateSpansForMlflow(spans), done);
 *   }
 * }
 */
export function translateSpansForMlflow<T extends readonly TranslatableSpan[]>(spans: T): T {
  for (const span of spans) translateSpanForMlflow(span);
  return spans;
}

function translateInPlace(span: { name: string; readonly attributes: object }): void {
  const attributes = span.attributes as Record<string, unknown>;
  const found = translate(attributes);
  if (!found) return;
  if (found.name !== undefined) span.name = found.name;
  // MLflow reads the type as a bare text and everything else as JSON.
  const translated: Record<string, string | undefined> = {
    "mlflow.spanType": found.spanType,
    "mlflow.spanInputs": toJson(found.inputs),
    "mlflow.spanOutputs": toJson(found.outputs),
    "mlflow.llm.model": found.model,
    "mlflow.llm.provider": found.provider,
    "mlflow.message.format": found.messageFormat,
    "mlflow.chat.tokenUsage": toJson(found.usage),
  };
  for (const [key, value] of Object.entries(translated)) {
    if (value !== undefined && attributes[key] === undefined) attributes[key] = value;
  }
}

function toJson(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
