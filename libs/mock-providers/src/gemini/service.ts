import type { MockReply, MockRequest, MockService } from "../contract";
import { bodyText } from "../provider/body";
import { isRefusedKey } from "../provider/key";
import { Speaker } from "../provider/speaker";
import { Call, type ServiceState } from "./call";
import { ApiError, errorInfo, invalidArgument } from "./error";
import { ScriptedFailure } from "./generate";
import { findRoute } from "./routes";

export interface GeminiOptions {
  /** Replies, see `GeminiScriptSchema`; without a matching rule a small deterministic model answers. */
  readonly script?: unknown;
  /** `off` answers without delays. */
  readonly latency?: "simulated" | "off";
}

/**
 * The Gemini API: generating content (JSON, SSE, a JSON array in pieces), counting tokens, embeddings, models.
 * A script that does not fit its schema makes every call fail with a 400 that says where the script is wrong.
 *
 * @example
 * createGemini({ script: [{ when: { lastUserText: "Oslo" }, reply: { text: "It rains." } }] });
 */
export function createGemini(options: GeminiOptions = {}): MockService {
  const core = new GeminiCore(options);
  return {
    name: "gemini",
    title: "Gemini API",
    hosts: ["generativelanguage.googleapis.com"],
    handle: (request) => core.handle(request),
  };
}

class GeminiCore {
  readonly #state: ServiceState;
  #calls = 0;

  constructor(options: GeminiOptions) {
    this.#state = { speaker: new Speaker(options.script), simulateLatency: options.latency !== "off" };
  }

  handle(request: MockRequest): MockReply {
    const call = new Call(request, this.#state, `${++this.#calls}:${request.url.pathname}:${bodyText(request.body)}`);
    try {
      const handle = findRoute(request);
      checkKey(request);
      this.#checkScript();
      return handle(call);
    } catch (error) {
      if (error instanceof ScriptedFailure) return call.error(error, error.delayMs);
      return call.error(error instanceof ApiError ? error : internalError(error));
    }
  }

  #checkScript(): void {
    const { problem } = this.#state.speaker;
    if (problem !== undefined) throw invalidArgument(`The script of the mocked Gemini API is not valid: ${problem}`);
  }
}

/** A defect here must look like a failing server, not like a defect of the reader's program. */
function internalError(error: unknown): ApiError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError({ code: 500, message: `Internal server error: ${reason}`, status: "INTERNAL" });
}

/** The key stands in a header or in the address; a bearer token does as well. */
function checkKey({ headers, url }: MockRequest): void {
  const key = headers["x-goog-api-key"] || url.searchParams.get("key") || headers.authorization;
  if (!key) {
    const message =
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.";
    throw new ApiError({ code: 403, message, status: "PERMISSION_DENIED" });
  }
  if (!isRefusedKey(key)) return;
  throw invalidArgument("API key not valid. Please pass a valid API key.", [errorInfo("API_KEY_INVALID")]);
}
