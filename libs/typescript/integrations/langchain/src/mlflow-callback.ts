import type { AgentAction, AgentFinish } from "@langchain/core/agents";
import { BaseCallbackHandler, type NewTokenIndices } from "@langchain/core/callbacks/base";
import type { DocumentInterface } from "@langchain/core/documents";
import type { Serialized } from "@langchain/core/load/serializable";
import type { BaseMessage } from "@langchain/core/messages";
import type { LLMResult } from "@langchain/core/outputs";
import type { ChainValues } from "@langchain/core/utils/types";
import { type LiveSpan, SpanAttributeKey, SpanEvent, SpanType } from "mlflow-tracing";
import { asRecord } from "./attempt.js";
import { toChatMessage } from "./messages.js";
import { modelAttributes, modelOutputs } from "./model-run.js";
import { toDocumentFields, toPlain } from "./plain-values.js";
import { activateSpansOfRuns } from "./run-context.js";
import { openRuns } from "./run-map.js";
import { endRun, failRun, ownSpan, type RunStart, startRun } from "./run-recorder.js";
import { readTokenUsage } from "./token-usage.js";

/** Streamed tokens that are kept as events; later ones are counted only. */
export const MAX_TOKEN_EVENTS = 256;

type Metadata = Record<string, unknown>;

/**
 * Records the runs of LangChain.js and LangGraph.js: each chain, model, tool, retriever and graph node is one span. One
 * handler serves any number of calls at once. Never throws, and never changes what the program does.
 *
 * Making one also lets user code run with the span of its run active, see `nestUserCode`.
 *
 * @example
 * await chain.invoke(input, { callbacks: [new MlflowCallback()] });
 */
export class MlflowCallback extends BaseCallbackHandler {
  name = "mlflow_langchain";

  /**
   * @param options how runs and user code go together
   * @param options.nestUserCode `false` leaves spans that user code starts where they would be without LangChain
   */
  constructor({ nestUserCode = true }: { nestUserCode?: boolean } = {}) {
    super();
    // In the background, runs would start out of order, and without the active span that they belong to.
    this.awaitHandlers = true;
    this.raiseError = false;
    if (nestUserCode) activateSpansOfRuns();
  }

  /** Runs, of any handler, whose span was ended early because too many were open. */
  get droppedRuns(): number {
    return openRuns.dropped;
  }

  /** The open runs belong to this handler, so there is one. */
  override copy(): this {
    return this;
  }

  /**
   * Ends the spans of all runs that this handler saw start and not end, e.g. of streams that were left.
   *
   * @example
   * const handler = new MlflowCallback();
   * for await (const chunk of await chain.stream(input, { callbacks: [handler] })) break;
   * handler.flush();
   */
  flush(): void {
    for (const { span, ownsSpan } of openRuns.takeAll(this)) if (ownsSpan) span.end();
  }

  // LangChain declares these parameters in another order than it passes them: the parent comes fourth.
  override handleChainStart(
    serialized: Serialized,
    inputs: ChainValues,
    runId: string,
    parentRunId?: string,
    tags?: string[],
    metadata?: Metadata,
    _runType?: string,
    runName?: string,
  ): void {
    const kind = { spanType: SpanType.CHAIN, fallbackName: "chain", inputs: () => toPlain(inputs) };
    this.#start({ serialized, runId, parentRunId, tags, metadata, runName, ...kind });
  }

  override handleChainEnd(
    outputs: ChainValues,
    runId: string,
    _parentRunId?: string,
    _tags?: string[],
    kwargs?: { inputs?: Metadata },
  ): void {
    endRun(this, runId, () => toPlain(outputs), withFinalInputs(kwargs));
  }

  override handleChainError(
    error: unknown,
    runId: string,
    _parentRunId?: string,
    _tags?: string[],
    kwargs?: { inputs?: Metadata },
  ): void {
    failRun(this, runId, error, withFinalInputs(kwargs));
  }

  override handleChatModelStart(
    serialized: Serialized,
    messages: BaseMessage[][],
    runId: string,
    parentRunId?: string,
    extra?: Metadata,
    tags?: string[],
    metadata?: Metadata,
    runName?: string,
  ): void {
    const inputs = () => ({ messages: messages.flat().map(toChatMessage) });
    const attributes = () => modelAttributes(extra, metadata);
    const kind = { spanType: SpanType.CHAT_MODEL, fallbackName: "chat_model", inputs, attributes };
    this.#start({ serialized, runId, parentRunId, tags, metadata, runName, ...kind });
  }

  override handleLLMStart(
    serialized: Serialized,
    prompts: string[],
    runId: string,
    parentRunId?: string,
    extra?: Metadata,
    tags?: string[],
    metadata?: Metadata,
    runName?: string,
  ): void {
    const attributes = () => modelAttributes(extra, metadata);
    const kind = { spanType: SpanType.LLM, fallbackName: "llm", inputs: () => prompts, attributes };
    this.#start({ serialized, runId, parentRunId, tags, metadata, runName, ...kind });
  }

  override handleLLMNewToken(token: string, index: NewTokenIndices, runId: string): void {
    const run = openRuns.get(runId);
    if (run?.owner !== this || ++run.tokens > MAX_TOKEN_EVENTS) return;
    run.span.addEvent(new SpanEvent({ name: "new_token", attributes: { token, ...asRecord(index) } }));
  }

  override handleLLMEnd(result: LLMResult, runId: string): void {
    const noteTokens = noteUncountedTokens(runId);
    endRun(
      this,
      runId,
      () => modelOutputs(result),
      (span) => {
        noteTokens(span);
        const usage = readTokenUsage(result);
        if (usage) span.setAttribute(SpanAttributeKey.TOKEN_USAGE, usage);
      },
    );
  }

  override handleLLMError(error: unknown, runId: string): void {
    failRun(this, runId, error, noteUncountedTokens(runId));
  }

  override handleToolStart(
    serialized: Serialized,
    input: string,
    runId: string,
    parentRunId?: string,
    tags?: string[],
    metadata?: Metadata,
    runName?: string,
    toolCallId?: string,
  ): void {
    const attributes = () => (toolCallId === undefined ? {} : { tool_call_id: toolCallId });
    const kind = { spanType: SpanType.TOOL, fallbackName: "tool", inputs: () => parseToolInput(input), attributes };
    this.#start({ serialized, runId, parentRunId, tags, metadata, runName, ...kind });
  }

  override handleToolEnd(output: unknown, runId: string): void {
    endRun(this, runId, () => toPlain(output));
  }

  override handleToolError(error: unknown, runId: string): void {
    failRun(this, runId, error);
  }

  override handleRetrieverStart(
    serialized: Serialized,
    query: string,
    runId: string,
    parentRunId?: string,
    tags?: string[],
    metadata?: Metadata,
    runName?: string,
  ): void {
    const kind = { spanType: SpanType.RETRIEVER, fallbackName: "retriever", inputs: () => query };
    this.#start({ serialized, runId, parentRunId, tags, metadata, runName, ...kind });
  }

  override handleRetrieverEnd(documents: DocumentInterface[], runId: string): void {
    endRun(this, runId, () => documents.map((document) => toPlain(toDocumentFields(document))));
  }

  override handleRetrieverError(error: unknown, runId: string): void {
    failRun(this, runId, error);
  }

  override handleAgentAction({ tool, toolInput, log }: AgentAction, runId: string): void {
    this.#addEvent(runId, "agent_action", { tool, log, tool_input: toolInput });
  }

  override handleAgentEnd({ returnValues, log }: AgentFinish, runId: string): void {
    this.#addEvent(runId, "agent_finish", { log, return_values: toPlain(returnValues) });
  }

  override handleCustomEvent(eventName: string, data: unknown, runId: string): void {
    this.#addEvent(runId, eventName, { data: toPlain(data) });
  }

  #start(start: RunStart): void {
    startRun(this, start);
  }

  #addEvent(runId: string, name: string, attributes: Metadata): void {
    ownSpan(this, runId)?.addEvent(new SpanEvent({ name, attributes }));
  }
}

/** A chain that takes a stream knows its inputs only at the end. */
function withFinalInputs(kwargs: { inputs?: Metadata } | undefined): (span: LiveSpan) => void {
  return (span) => {
    const { inputs } = asRecord(kwargs);
    if (Object.values(asRecord(inputs)).some((value) => value !== undefined)) span.setInputs(toPlain(inputs));
  };
}

/** Says how many tokens came in all, when there were more than are kept as events. */
function noteUncountedTokens(runId: string): (span: LiveSpan) => void {
  const tokens = openRuns.get(runId)?.tokens ?? 0;
  return (span) => {
    if (tokens > MAX_TOKEN_EVENTS) span.setAttribute("new_token_events_dropped", tokens - MAX_TOKEN_EVENTS);
  };
}

function parseToolInput(input: unknown): unknown {
  if (typeof input !== "string") return toPlain(input);
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
