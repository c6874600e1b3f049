import { type LiveSpan, registerOnSpanEndHook, registerOnSpanStartHook, SpanAttributeKey } from "mlflow-tracing";
import { toChatTools } from "./chat-tools.js";
import { type Translation, translate } from "./translation.js";

let registered: (() => void) | undefined;

/**
 * Records the spans that the AI SDK makes with `experimental_telemetry: { isEnabled: true }`: what was asked when they start,
 * what came when they end. Importing this package does it already; doing it again changes nothing.
 *
 * @returns an undo
 * @example
 * init({ trackingUri: "http://localhost:5000", experimentId: "1" });
 * registerVercelTracing();
 * const model = openai("gpt-4o-mini");
 * await generateText({ model, prompt: "How high is Galdhøpiggen?", experimental_telemetry: { isEnabled: true } });
 */
export function registerVercelTracing(): () => void {
  if (registered) return registered;
  const undos = [registerOnSpanStartHook(started), registerOnSpanEndHook(ended)];
  registered = () => {
    registered = undefined;
    for (const undo of undos) undo();
  };
  return registered;
}

/** What failed has its request too, so everything that is known is written at once. */
function started(span: LiveSpan): void {
  const found = translateLive(span);
  if (!found) return;
  if (found.name !== undefined) span._span.updateName(found.name);
  write(span, found);
}

function ended(span: LiveSpan): void {
  const found = translateLive(span);
  if (!found) return;
  span.allowMutatingEndedSpan = true;
  write(span, found);
}

/** Translates the attributes as the AI SDK wrote them: MLflow's view of a span has the texts among them decoded. */
function translateLive(span: LiveSpan): (Translation & { tools?: unknown[] }) | undefined {
  const { attributes } = span._span;
  const found = translate(attributes);
  const tools = found && toChatTools(attributes["ai.prompt.tools"]);
  return found && tools && tools.length > 0 ? { ...found, tools } : found;
}

function write(span: LiveSpan, found: Translation & { tools?: unknown[] }): void {
  const type = span.getAttribute(SpanAttributeKey.SPAN_TYPE);
  if (found.spanType !== undefined && (type === undefined || type === null || type === "UNKNOWN")) {
    span.setAttribute(SpanAttributeKey.SPAN_TYPE, found.spanType);
  }
  const translated: Record<string, unknown> = {
    [SpanAttributeKey.INPUTS]: found.inputs,
    [SpanAttributeKey.OUTPUTS]: found.outputs,
    [SpanAttributeKey.MODEL]: found.model,
    [SpanAttributeKey.MODEL_PROVIDER]: found.provider,
    [SpanAttributeKey.MESSAGE_FORMAT]: found.messageFormat,
    [SpanAttributeKey.TOKEN_USAGE]: found.usage,
    [SpanAttributeKey.CHAT_TOOLS]: found.tools,
  };
  for (const [key, value] of Object.entries(translated)) {
    if (value !== undefined && span._span.attributes[key] === undefined) span.setAttribute(key, value);
  }
}
