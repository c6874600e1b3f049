import type { MockReply, MockRequest, MockService } from "../contract";
import { bodyText } from "../provider/body";
import { isRefusedKey } from "../provider/key";
import { Speaker } from "../provider/speaker";
import { Call, type ServiceState } from "./call";
import { ApiError, badRequest } from "./error";
import { ResponseStore } from "./responses/store";
import { findRoute } from "./routes";
import { ScriptedFailure } from "./spoken";

export interface OpenAIOptions {
  /** Replies, see `OpenAIScriptSchema`; without a matching rule a small deterministic model answers. */
  readonly script?: unknown;
  /** `off` answers without delays. */
  readonly latency?: "simulated" | "off";
}

/**
 * The OpenAI API: chat completions and responses (JSON and SSE), embeddings, moderations, models, legacy completions.
 * A script that does not fit its schema makes every call fail with a 400 that says where the script is wrong.
 *
 * @example
 * createOpenAI({ script: [{ when: { lastUserText: "Oslo" }, reply: { text: "It rains." } }] });
 */
export function createOpenAI(options: OpenAIOptions = {}): MockService {
  const core = new OpenAICore(options);
  return {
    name: "openai",
    title: "OpenAI API",
    hosts: ["api.openai.com"],
    handle: (request) => core.handle(request),
  };
}

class OpenAICore {
  readonly #state: ServiceState;
  #calls = 0;

  constructor(options: OpenAIOptions) {
    this.#state = {
      speaker: new Speaker(options.script),
      responses: new ResponseStore(),
      simulateLatency: options.latency !== "off",
    };
  }

  handle(request: MockRequest): MockReply {
    const call = new Call(request, this.#state, `${++this.#calls}:${request.url.pathname}:${bodyText(request.body)}`);
    try {
      const handle = findRoute(request);
      checkKey(request.headers);
      this.#checkScript();
      return handle(call);
    } catch (error) {
      if (error instanceof ScriptedFailure) return call.error(error, error.delayMs);
      return call.error(error instanceof ApiError ? error : internalError(error));
    }
  }

  #checkScript(): void {
    const { problem } = this.#state.speaker;
    if (problem !== undefined) throw badRequest(`The script of the mocked OpenAI API is not valid: ${problem}`);
  }
}

/** A defect here must look like a failing server, not like a defect of the reader's program. */
function internalError(error: unknown): ApiError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError({ status: 500, message: `Internal server error: ${reason}`, type: "server_error" });
}

function checkKey({ authorization }: MockRequest["headers"]): void {
  const key = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? "")?.[1];
  if (key === undefined) {
    const message =
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).";
    throw new ApiError({ status: 401, message });
  }
  if (!isRefusedKey(key)) return;
  const message = `Incorrect API key provided: ${masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`;
  throw new ApiError({ status: 401, message, code: "invalid_api_key" });
}

/** Long keys are shown by their ends alone. */
function masked(key: string): string {
  return key.length <= 12 ? key : `${key.slice(0, 4)}${"*".repeat(key.length - 8)}${key.slice(-4)}`;
}
