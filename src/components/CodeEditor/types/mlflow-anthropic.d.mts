/**
 * A client that does what `client` does and records a span for each `messages.create` (streamed or not) and
 * `messages.stream`.
 */
export declare function tracedAnthropic<T extends object>(client: T): T;
