export interface ClientOptions {
  /** Defaults to the environment's ANTHROPIC_API_KEY. */
  apiKey?: string | null | undefined;
  authToken?: string | null | undefined;
  baseURL?: string | null | undefined;
  /** Milliseconds. */
  timeout?: number | undefined;
  maxRetries?: number | undefined;
  defaultHeaders?: Record<string, string> | undefined;
  dangerouslyAllowBrowser?: boolean | undefined;
}

export interface RequestOptions {
  signal?: AbortSignal | null | undefined;
  /** Milliseconds. */
  timeout?: number;
  maxRetries?: number;
  headers?: Record<string, string>;
}

export type Model =
  | "claude-opus-4-5"
  | "claude-sonnet-4-5"
  | "claude-haiku-4-5"
  | "claude-3-7-sonnet-20250219"
  | (string & {});

export type StopReason =
  | "end_turn"
  | "max_tokens"
  | "stop_sequence"
  | "tool_use"
  | "pause_turn"
  | "refusal"
  | "model_context_window_exceeded";

export interface TextBlock {
  type: "text";
  text: string;
}
export interface ThinkingBlock {
  type: "thinking";
  thinking: string;
  signature: string;
}
export interface RedactedThinkingBlock {
  type: "redacted_thinking";
  data: string;
}
/** The model wants a tool to be called. */
export interface ToolUseBlock {
  type: "tool_use";
  id: string;
  name: string;
  input: unknown;
}
export interface ServerToolUseBlock {
  type: "server_tool_use";
  id: string;
  input: unknown;
}
/** What tools of the provider's own leave in an answer. */
export interface ServerToolBlock {
  type:
    | "web_search_tool_result"
    | "web_fetch_tool_result"
    | "code_execution_tool_result"
    | "bash_code_execution_tool_result"
    | "text_editor_code_execution_tool_result"
    | "tool_search_tool_result"
    | "container_upload";
}
export type ContentBlock =
  | TextBlock
  | ThinkingBlock
  | RedactedThinkingBlock
  | ToolUseBlock
  | ServerToolUseBlock
  | ServerToolBlock;

export interface CacheControlEphemeral {
  type: "ephemeral";
  ttl?: "5m" | "1h";
}
export interface TextBlockParam {
  type: "text";
  text: string;
  cache_control?: CacheControlEphemeral | null;
}
export interface ImageBlockParam {
  type: "image";
  source:
    | { type: "base64"; media_type: "image/jpeg" | "image/png" | "image/gif" | "image/webp"; data: string }
    | { type: "url"; url: string };
}
export interface ToolUseBlockParam {
  type: "tool_use";
  id: string;
  name: string;
  input: unknown;
}
/** What a tool answered. */
export interface ToolResultBlockParam {
  type: "tool_result";
  tool_use_id: string;
  content?: string | Array<TextBlockParam | ImageBlockParam>;
  is_error?: boolean;
}
export type ContentBlockParam =
  | TextBlockParam
  | ImageBlockParam
  | ToolUseBlockParam
  | ToolResultBlockParam
  | ThinkingBlock
  | RedactedThinkingBlock
  | ServerToolUseBlock
  | ServerToolBlock;

export interface MessageParam {
  role: "user" | "assistant";
  content: string | Array<ContentBlockParam>;
}

/** A tool that the model may ask for. */
export interface Tool {
  name: string;
  description?: string;
  /** JSON schema of the input. */
  input_schema: { type: "object"; properties?: unknown; required?: string[] | null; [key: string]: unknown };
  cache_control?: CacheControlEphemeral | null;
}
export type ToolChoice =
  | { type: "auto"; disable_parallel_tool_use?: boolean }
  | { type: "any"; disable_parallel_tool_use?: boolean }
  | { type: "tool"; name: string; disable_parallel_tool_use?: boolean }
  | { type: "none" };

export interface Usage {
  input_tokens: number;
  output_tokens: number;
  cache_creation_input_tokens: number | null;
  cache_read_input_tokens: number | null;
}

export interface Message {
  id: string;
  type: "message";
  role: "assistant";
  model: Model;
  content: Array<ContentBlock>;
  stop_reason: StopReason | null;
  stop_sequence: string | null;
  usage: Usage;
}

export interface MessageCreateParamsBase {
  model: Model;
  /** The most tokens that the answer may have. */
  max_tokens: number;
  messages: Array<MessageParam>;
  system?: string | Array<TextBlockParam>;
  tools?: Array<Tool>;
  tool_choice?: ToolChoice;
  stop_sequences?: Array<string>;
  thinking?: { type: "enabled"; budget_tokens: number } | { type: "disabled" };
  metadata?: { user_id?: string | null };
  /** True answers with the events of a stream. */
  stream?: boolean;
}
export interface MessageCreateParamsNonStreaming extends MessageCreateParamsBase {
  stream?: false;
}
export interface MessageCreateParamsStreaming extends MessageCreateParamsBase {
  stream: true;
}
export type MessageCreateParams = MessageCreateParamsNonStreaming | MessageCreateParamsStreaming;

export type RawMessageStreamEvent =
  | { type: "message_start"; message: Message }
  | { type: "content_block_start"; index: number; content_block: ContentBlock }
  | {
      type: "content_block_delta";
      index: number;
      delta:
        | { type: "text_delta"; text: string }
        | { type: "input_json_delta"; partial_json: string }
        | { type: "thinking_delta"; thinking: string }
        | { type: "signature_delta"; signature: string }
        | { type: "citations_delta"; citation: unknown };
    }
  | { type: "content_block_stop"; index: number }
  | {
      type: "message_delta";
      delta: { stop_reason: StopReason | null; stop_sequence: string | null };
      usage: { output_tokens: number; input_tokens: number | null };
    }
  | { type: "message_stop" };

/** The events of an answer as they arrive. */
export interface Stream<Item> extends AsyncIterable<Item> {
  controller: AbortController;
}

/** A stream that puts the message together while it is read. */
export interface MessageStream extends AsyncIterable<RawMessageStreamEvent> {
  on(event: "text", listener: (delta: string, snapshot: string) => void): this;
  on(event: "inputJson", listener: (partialJson: string, snapshot: unknown) => void): this;
  on(event: "message" | "finalMessage", listener: (message: Message) => void): this;
  on(event: "error", listener: (error: AnthropicError) => void): this;
  on(event: "end" | "connect", listener: () => void): this;
  /** The whole message, when the stream has ended. */
  finalMessage(): Promise<Message>;
  finalText(): Promise<string>;
  done(): Promise<void>;
  abort(): void;
}

/** A promise of the answer that also leads to the HTTP response. */
export interface APIPromise<T> extends Promise<T> {
  asResponse(): Promise<Response>;
  withResponse(): Promise<{ data: T; response: Response; request_id: string | null | undefined }>;
}

export interface Messages {
  create(body: MessageCreateParamsNonStreaming, options?: RequestOptions): APIPromise<Message>;
  create(body: MessageCreateParamsStreaming, options?: RequestOptions): APIPromise<Stream<RawMessageStreamEvent>>;
  create(body: MessageCreateParamsBase, options?: RequestOptions): APIPromise<Stream<RawMessageStreamEvent> | Message>;
  stream(body: MessageCreateParamsBase, options?: RequestOptions): MessageStream;
  countTokens(body: {
    model: Model;
    messages: Array<MessageParam>;
    system?: string | Array<TextBlockParam>;
    tools?: Array<Tool>;
  }): APIPromise<{ input_tokens: number }>;
}

export declare class AnthropicError extends Error {}
export declare class APIError extends AnthropicError {
  protected constructor(...args: never[]);
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly error: object | undefined;
  readonly requestID: string | null | undefined;
}
export declare class APIConnectionError extends APIError {}
export declare class APIConnectionTimeoutError extends APIConnectionError {}
export declare class APIUserAbortError extends APIError {}
export declare class BadRequestError extends APIError {}
export declare class AuthenticationError extends APIError {}
export declare class NotFoundError extends APIError {}
export declare class RateLimitError extends APIError {}
export declare class InternalServerError extends APIError {}

/** Client of the Anthropic API. */
export declare class Anthropic {
  constructor(options?: ClientOptions);
  messages: Messages;
  apiKey: string | null;
  baseURL: string;
  withOptions(options: Partial<ClientOptions>): this;
}

type Model_ = Model;
type StopReason_ = StopReason;
type TextBlock_ = TextBlock;
type ThinkingBlock_ = ThinkingBlock;
type ToolUseBlock_ = ToolUseBlock;
type ContentBlock_ = ContentBlock;
type TextBlockParam_ = TextBlockParam;
type ToolUseBlockParam_ = ToolUseBlockParam;
type ToolResultBlockParam_ = ToolResultBlockParam;
type ContentBlockParam_ = ContentBlockParam;
type MessageParam_ = MessageParam;
type Tool_ = Tool;
type ToolChoice_ = ToolChoice;
type Usage_ = Usage;
type Message_ = Message;
type MessageCreateParams_ = MessageCreateParams;
type MessageCreateParamsNonStreaming_ = MessageCreateParamsNonStreaming;
type MessageCreateParamsStreaming_ = MessageCreateParamsStreaming;
type RawMessageStreamEvent_ = RawMessageStreamEvent;
type ClientOptions_ = ClientOptions;
type AnthropicError_ = typeof AnthropicError;
type APIError_ = typeof APIError;

export declare namespace Anthropic {
  type Model = Model_;
  type StopReason = StopReason_;
  type TextBlock = TextBlock_;
  type ThinkingBlock = ThinkingBlock_;
  type ToolUseBlock = ToolUseBlock_;
  type ContentBlock = ContentBlock_;
  type TextBlockParam = TextBlockParam_;
  type ToolUseBlockParam = ToolUseBlockParam_;
  type ToolResultBlockParam = ToolResultBlockParam_;
  type ContentBlockParam = ContentBlockParam_;
  type MessageParam = MessageParam_;
  type Tool = Tool_;
  type ToolChoice = ToolChoice_;
  type Usage = Usage_;
  type Message = Message_;
  type MessageCreateParams = MessageCreateParams_;
  type MessageCreateParamsNonStreaming = MessageCreateParamsNonStreaming_;
  type MessageCreateParamsStreaming = MessageCreateParamsStreaming_;
  type RawMessageStreamEvent = RawMessageStreamEvent_;
  type ClientOptions = ClientOptions_;
  const AnthropicError: AnthropicError_;
  const APIError: APIError_;
}

// biome-ignore lint/style/noDefaultExport: the package has one.
export { Anthropic as default };
