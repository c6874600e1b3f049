import type { MockReply, MockRequest, MockService } from "../contract";
import { createId } from "../model/hash";
import { readScript, ScriptPlayer } from "../script/script";
import { type ApiError, errorReply, invalidRequest, notFound, unauthenticated } from "./error";
import { createMessage } from "./messages";
import { findProblem } from "./rules";
import { CountTokensSchema, MessagesSchema, parseBody } from "./schema";
import { ThreadStore } from "./threads";
import { countInputTokens } from "./usage";

export interface AnthropicOptions {
  /** Replies, see `AnthropicScriptSchema`; without a matching rule a small deterministic model answers. */
  readonly script?: unknown;
  /** `off` answers without delays. */
  readonly latency?: "simulated" | "off";
}

/** Names that exist: one of the families, whatever the version. */
const KNOWN_MODEL = /^claude-(?=[\w.-]*(?:fable|mythos|opus|sonnet|haiku))[a-z0-9.-]+$/;
/** Milliseconds that a refusal takes. */
const REFUSAL_MS = 25;

/**
 * The Anthropic Messages API: POST /v1/messages (JSON and SSE) and /v1/messages/count_tokens.
 * A script that does not fit its schema makes every call fail with a 400 that says where the script is wrong.
 *
 * @example
 * createAnthropic({ script: [{ when: { lastUserText: "Oslo" }, reply: { text: "It rains." } }] });
 */
export function createAnthropic(options: AnthropicOptions = {}): MockService {
  const core = new AnthropicCore(options);
  return {
    name: "anthropic",
    title: "Anthropic API",
    hosts: ["api.anthropic.com"],
    handle: (request) => core.handle(request),
  };
}

class AnthropicCore {
  readonly #script: ScriptPlayer;
  readonly #scriptProblem: string | undefined;
  readonly #simulateLatency: boolean;
  readonly #threads = new ThreadStore();
  #calls = 0;

  constructor(options: AnthropicOptions) {
    const read = readScript(options.script);
    this.#scriptProblem = read.problem;
    this.#script = new ScriptPlayer(read.problem === undefined ? read.script : []);
    this.#simulateLatency = options.latency !== "off";
  }

  /** A defect here must look like a failing server, not like a defect of the reader's program. */
  handle(request: MockRequest): MockReply {
    try {
      return this.#answer(request);
    } catch (error) {
      const message = `Internal server error: ${error instanceof Error ? error.message : String(error)}`;
      return errorReply({ status: 500, type: "api_error", message }, `req_01${createId(String(this.#calls), 22)}`, 0);
    }
  }

  #answer(request: MockRequest): MockReply {
    const text =
      typeof request.body === "string" ? request.body : new TextDecoder().decode(request.body ?? new Uint8Array());
    const seed = `${++this.#calls}:${text}`;
    const requestId = `req_01${createId(`${seed}:request`, 22)}`;
    const refuse = (error: ApiError): MockReply => errorReply(error, requestId, this.#simulateLatency ? REFUSAL_MS : 0);
    const refusal = checkRequest(request) ?? this.#checkScript();
    if (refusal) return refuse(refusal);
    const json = parseJson(text);
    if (json === undefined) return refuse(invalidRequest("The request body is not valid JSON."));
    return request.url.pathname === "/v1/messages"
      ? this.#createMessage(json, seed, requestId, refuse)
      : this.#countTokens(json, requestId, refuse);
  }

  #checkScript(): ApiError | undefined {
    if (this.#scriptProblem === undefined) return undefined;
    return invalidRequest(`The script of the mocked Anthropic API is not valid: ${this.#scriptProblem}`);
  }

  #createMessage(json: unknown, seed: string, requestId: string, refuse: (error: ApiError) => MockReply): MockReply {
    const parsed = parseBody(MessagesSchema, json);
    if ("problem" in parsed) return refuse(invalidRequest(parsed.problem));
    const expanded = this.#threads.expand(parsed.body);
    if ("error" in expanded) return refuse(expanded.error);
    const request = expanded.whole;
    const problem = findProblem(request);
    if (problem !== undefined) return refuse(invalidRequest(problem));
    if (!KNOWN_MODEL.test(request.model)) return refuse(notFound(`model: ${request.model}`));
    return createMessage(request, {
      script: this.#script,
      threads: this.#threads,
      requestId,
      messageId: `msg_01${createId(`${seed}:message`, 22)}`,
      seed,
      simulateLatency: this.#simulateLatency,
    });
  }

  #countTokens(json: unknown, requestId: string, refuse: (error: ApiError) => MockReply): MockReply {
    const parsed = parseBody(CountTokensSchema, json);
    if ("problem" in parsed) return refuse(invalidRequest(parsed.problem));
    const problem = findProblem(parsed.body);
    if (problem !== undefined) return refuse(invalidRequest(problem));
    if (!KNOWN_MODEL.test(parsed.body.model)) return refuse(notFound(`model: ${parsed.body.model}`));
    const data = JSON.stringify({ input_tokens: countInputTokens(parsed.body) });
    const headers = { "content-type": "application/json", "request-id": requestId };
    return { status: 200, headers, chunks: [{ data, delayMs: this.#simulateLatency ? REFUSAL_MS : 0 }] };
  }
}

/** Path, key and version, in the API's order. */
function checkRequest({ method, url, headers }: MockRequest): ApiError | undefined {
  const known = url.pathname === "/v1/messages" || url.pathname === "/v1/messages/count_tokens";
  if (!known || method !== "POST") return notFound("Not found");
  if (!headers["x-api-key"] && !headers.authorization) return unauthenticated("x-api-key header is required");
  if (!headers["anthropic-version"]) return invalidRequest("anthropic-version: header is required");
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
