import type { BaseMessage } from "@langchain/core/messages";
import type { Generation, LLMResult } from "@langchain/core/outputs";
import { SpanAttributeKey } from "mlflow-tracing";
import { asRecord } from "./attempt.js";
import { toChatTools } from "./chat-tools.js";
import { isMessage, toChatMessage } from "./messages.js";
import { toPlain } from "./plain-values.js";

/** Call options that are objects of the running program and say nothing of the request. */
const RUNTIME_OPTIONS = new Set(["signal", "control", "executionInfo", "writer", "store", "runtime"]);

/**
 * Attributes of a model run, from what LangChain says at its start.
 *
 * @param extra `{invocation_params, options, batch_size}`
 */
export function modelAttributes(extra: unknown, metadata: unknown): Record<string, unknown> {
  const { invocation_params, options, batch_size, ...others } = asRecord(extra);
  const request = asRecord(invocation_params);
  const { ls_provider, ls_model_name } = asRecord(metadata);
  const model = [request.model, request.model_name, request.modelName, ls_model_name].find(isName);
  const tools = toChatTools(request.tools);
  const isRequested = ([key, value]: [string, unknown]) =>
    value !== undefined && typeof value !== "function" && !RUNTIME_OPTIONS.has(key);
  const requested = Object.entries(asRecord(options)).filter(isRequested);
  return {
    ...others,
    [SpanAttributeKey.MESSAGE_FORMAT]: "langchain",
    ...(invocation_params === undefined ? {} : { invocation_params: toPlain(invocation_params) }),
    ...(requested.length === 0 ? {} : { options: toPlain(Object.fromEntries(requested)) }),
    ...(batch_size === undefined ? {} : { batch_size }),
    ...(model === undefined ? {} : { [SpanAttributeKey.MODEL]: model }),
    ...(isName(ls_provider) ? { [SpanAttributeKey.MODEL_PROVIDER]: ls_provider } : {}),
    ...(tools.length === 0 ? {} : { [SpanAttributeKey.CHAT_TOOLS]: tools }),
  };
}

/** What a model run gave: choices in the form of OpenAI's API for messages, else `{generations, llm_output}`. */
export function modelOutputs(result: LLMResult): unknown {
  const generations = result.generations.flat();
  const choices = generations.filter(hasMessage).map(toChoice);
  if (choices.length > 0) return { choices };
  return {
    generations: result.generations.map((group) => group.map(toGeneration)),
    llm_output: toPlain(result.llmOutput) ?? null,
  };
}

interface MessageGeneration extends Generation {
  message: BaseMessage;
}

function hasMessage(generation: Generation): generation is MessageGeneration {
  const { message } = generation as { message?: unknown };
  return typeof message === "object" && message !== null && isMessage(message);
}

function toChoice({ message, generationInfo }: MessageGeneration): unknown {
  const { finish_reason, stop_reason } = { ...asRecord(generationInfo), ...asRecord(message.response_metadata) };
  return { message: toChatMessage(message), finish_reason: finish_reason ?? stop_reason ?? null };
}

function toGeneration({ text, generationInfo }: Generation): unknown {
  return { text, generation_info: generationInfo ?? null };
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
