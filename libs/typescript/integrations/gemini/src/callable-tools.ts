import { type CallRecorder, type MethodWrapper, SpanType, startCall, wrapMethods } from "mlflow-tracing";
import { type CallableTool, isCallableTool } from "./callable-tool.js";
import { withConfig } from "./changed-request.js";
import { requestAttributes } from "./model-call.js";
import { takeResult } from "./record-result.js";
import { recordedRequest } from "./recorded-request.js";

interface FunctionCall {
  readonly name?: string;
  readonly args?: unknown;
}

/** The callable tools of one call: learns what they declare, and records each run of one below the call's span. */
export class CallableTools {
  readonly #request: object;
  readonly #tools: readonly unknown[];
  readonly #recorder: CallRecorder;
  readonly #declared = new Map<unknown, unknown>();

  /** @returns `undefined` when the request has no such tool */
  static of(request: unknown, recorder: CallRecorder): CallableTools | undefined {
    try {
      const { config } = request as { config?: { tools?: unknown } };
      if (!Array.isArray(config?.tools) || !config.tools.some(isCallableTool)) return undefined;
      return new CallableTools(request as object, config.tools, recorder);
    } catch {
      return undefined;
    }
  }

  private constructor(request: object, tools: readonly unknown[], recorder: CallRecorder) {
    this.#request = request;
    this.#tools = tools;
    this.#recorder = recorder;
  }

  /** A copy of the request with a view of each callable tool; the caller's objects are not changed. */
  tracedRequest(): object {
    const tools = this.#tools.map((tool) => (isCallableTool(tool) ? this.#view(tool) : tool));
    return withConfig(this.#request, { tools });
  }

  #view(tool: CallableTool): CallableTool {
    const declare: MethodWrapper = (call, args) => {
      const result = call(...args);
      Promise.resolve(result).then(
        (declared) => this.#learn(tool, declared),
        () => {},
      );
      return result;
    };
    return wrapMethods(tool, { tool: declare, callTool: (call, args) => this.#run(tool, call, args) });
  }

  /** Declarations may come from a server, so the span gets them when the client has asked for them. */
  #learn(tool: CallableTool, declared: unknown): void {
    if (this.#declared.has(tool)) return;
    this.#declared.set(tool, declared);
    const request = withConfig(this.#request, { tools: this.#tools.map((item) => this.#declared.get(item) ?? item) });
    this.#recorder.span.setInputs(recordedRequest(request));
    this.#recorder.span.setAttributes(requestAttributes(request));
  }

  /** The client may offer a tool calls that are meant for another one: those it skips, and so does the trace. */
  #run(tool: CallableTool, call: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    const calls = this.#ownCalls(tool, args[0]);
    const recorder = calls.length > 0 ? startToolCall(calls, this.#recorder) : undefined;
    if (!recorder) return call(...args);
    return takeResult(
      recorder.run(() => call(...args)),
      recorder,
      (parts) => {
        recorder.finish(toolOutputs(parts));
        return parts;
      },
    );
  }

  #ownCalls(tool: CallableTool, calls: unknown): FunctionCall[] {
    if (!Array.isArray(calls)) return [];
    const declared = this.#declared.get(tool) as { functionDeclarations?: { name?: string }[] } | undefined;
    const names = declared?.functionDeclarations?.map(({ name }) => name);
    return calls.filter((call: FunctionCall) => !names || names.includes(call.name));
  }
}

/** One function is shown as itself; several that a tool runs at once cannot be told apart in time, so they are one span. */
function startToolCall(calls: readonly FunctionCall[], outer: CallRecorder): CallRecorder | undefined {
  const [first] = calls;
  const single = calls.length === 1 ? first : undefined;
  return startCall({
    name: single?.name ?? "callTool",
    spanType: SpanType.TOOL,
    inputs: single ? (single.args ?? {}) : calls,
    parent: outer.span,
  });
}

function toolOutputs(parts: unknown): unknown {
  if (!Array.isArray(parts) || parts.length !== 1) return parts;
  return (parts[0] as { functionResponse?: { response?: unknown } })?.functionResponse?.response ?? parts;
}
