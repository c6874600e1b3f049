/** Gives the headers of the next request. */
export type HeadersProvider = () => Promise<Record<string, string>>;

/** Knows where the tracking server is and how to prove who asks. */
export interface AuthProvider {
  /** Base URL of the server. */
  getHost(): string;
  /** What gives the headers of each request; it may ask for a new token when the last one has run out. */
  getHeadersProvider(): HeadersProvider;
  /** The Databricks token, where there is one. */
  getDatabricksToken(): string | undefined;
}
