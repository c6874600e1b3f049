import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { asRecord } from "../../json/read.js";

/** One request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Status and body of an answer; objects are sent as JSON. */
export interface FakeAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Takes over a request instead of the server; `undefined` lets the server answer. */
export type Fault = (request: SeenRequest) => FakeAnswer | undefined | Promise<FakeAnswer | undefined>;

/**
 * A Databricks workspace for tests, on a port of this machine: OAuth, traces in Unity Catalog, and signed URLs with a store
 * behind them that follows each provider's protocol. Workspace routes want one of {@link tokens}; the store wants no token.
 *
 * @example
 * const server = await new FakeDatabricksServer().start();
 * createAuthProvider({ trackingUri: "databricks", host: server.host, databricksToken: "dapi-1" });
 */
export class FakeDatabricksServer {
  readonly requests: SeenRequest[] = [];
  readonly tokens = new Set(["dapi-1"]);
  /** What OAuth accepts, `id:secret`. */
  principal = "client:s3cret";
  /** Seconds that a token of OAuth lives. */
  tokenLifetime = 3600;
  /** Trace infos by `<location>/<hex id>`, as they came. */
  readonly infos = new Map<string, Record<string, unknown>>();
  /** Uploads by table. */
  readonly tables = new Map<string, Buffer[]>();
  /** Kind of the signed URLs. */
  credentialType = "AWS_PRESIGNED_URL";
  /** Files in the store, by trace id. */
  readonly files = new Map<string, Buffer>();
  fault: Fault | undefined;
  #issued = 0;
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** URL of the workspace. */
  get host(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Requests whose path begins so. */
  seen(prefix: string): SeenRequest[] {
    return this.requests.filter(({ path }) => path.startsWith(prefix));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = "", url: path = "", headers } = incoming;
    const request = { method, path, headers, body: Buffer.concat(chunks) };
    this.requests.push(request);
    const { status, body = "", headers: extra } = (await this.fault?.(request)) ?? this.#answer(request);
    response.writeHead(status, {
      "content-type": typeof body === "string" ? "text/plain" : "application/json",
      ...extra,
    });
    response.end(typeof body === "string" || body instanceof Buffer ? body : JSON.stringify(body));
  }

  #answer(request: SeenRequest): FakeAnswer {
    const url = new URL(request.path, this.host);
    if (url.pathname === "/oidc/v1/token") return this.#issueToken(request);
    if (url.pathname.startsWith("/store/")) return this.#store(request, url);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (!this.tokens.has(token)) return { status: 401, body: { error_code: "UNAUTHENTICATED" } };
    const [, location, id] = /^\/api\/4\.0\/mlflow\/traces\/([^/]+)\/([^/]+)\/info$/.exec(url.pathname) ?? [];
    if (location && id) return this.#startTrace(request, `${decodeURIComponent(location)}/${id}`);
    if (url.pathname === "/api/2.0/otel/v1/traces") return this.#addSpans(request);
    const traceId = /^\/api\/2\.0\/mlflow\/traces\/([^/]+)\/credentials-for-data-(?:up|down)load$/.exec(
      url.pathname,
    )?.[1];
    if (url.pathname === "/api/3.0/mlflow/traces") return this.#startTraceV3(request);
    const known = this.infos.get(/^\/api\/3\.0\/mlflow\/traces\/([^/]+)$/.exec(url.pathname)?.[1] ?? "");
    if (known) return { status: 200, body: { trace: { trace_info: known } } };
    return traceId ? this.#credentials(traceId) : { status: 404, body: { error_code: "ENDPOINT_NOT_FOUND" } };
  }

  #issueToken({ headers, body }: SeenRequest): FakeAnswer {
    const basic = Buffer.from(headers.authorization?.replace("Basic ", "") ?? "", "base64").toString();
    const form = new URLSearchParams(body.toString());
    if (basic !== this.principal) return { status: 401, body: { error: "invalid_client", error_description: basic } };
    const isRight = form.get("grant_type") === "client_credentials" && form.get("scope") === "all-apis";
    if (!isRight) return { status: 400, body: { error: "invalid_request" } };
    const token = `oauth-${++this.#issued}`;
    this.tokens.add(token);
    return { status: 200, body: { access_token: token, token_type: "Bearer", expires_in: this.tokenLifetime } };
  }

  #startTrace({ body }: SeenRequest, key: string): FakeAnswer {
    const info = asRecord(JSON.parse(body.toString()));
    this.infos.set(key, info);
    return { status: 200, body: info };
  }

  /** The artifacts of a workspace's traces are out of a client's reach, but for signed URLs. */
  #startTraceV3({ body }: SeenRequest): FakeAnswer {
    const info = asRecord(asRecord(asRecord(JSON.parse(body.toString())).trace).trace_info);
    const tags = { ...asRecord(info.tags), "mlflow.artifactLocation": "dbfs:/databricks/mlflow-tracking/1/traces" };
    const stored = { ...info, tags };
    this.infos.set(String(info.trace_id), stored);
    return { status: 200, body: { trace: { trace_info: stored } } };
  }

  #addSpans({ headers, body }: SeenRequest): FakeAnswer {
    const table = headers["x-databricks-uc-table-name"];
    if (typeof table !== "string" || headers["content-type"] !== "application/x-protobuf") return { status: 400 };
    this.tables.set(table, [...(this.tables.get(table) ?? []), body]);
    return { status: 200 };
  }

  #credentials(traceId: string): FakeAnswer {
    const signed_uri = `${this.host}/store/${traceId}?sig=top-secret`;
    const headers = [{ name: "x-signed", value: "yes" }];
    return { status: 200, body: { credential_info: { type: this.credentialType, signed_uri, headers } } };
  }

  #store({ method, headers, body }: SeenRequest, url: URL): FakeAnswer {
    const name = url.pathname.slice("/store/".length);
    if (headers.authorization || url.searchParams.get("sig") !== "top-secret")
      return { status: 403, body: "signature" };
    if (headers["x-signed"] !== "yes") return { status: 403, body: "headers" };
    const file = this.files.get(name);
    if (method === "GET") return file ? { status: 200, body: file } : { status: 404 };
    if (this.credentialType === "AZURE_ADLS_GEN2_SAS_URI")
      return this.#storeInSteps(name, method, body, url.searchParams);
    const isBlob = headers["x-ms-blob-type"] === "BlockBlob";
    if (isBlob !== (this.credentialType === "AZURE_SAS_URI")) return { status: 400, body: "x-ms-blob-type" };
    if (method !== "PUT" || headers["content-type"] !== "application/json")
      return { status: 400, body: "content-type" };
    this.files.set(name, body);
    return { status: 201 };
  }

  /** Data Lake Storage: create, append, flush; a file is readable once its flush says the right length. */
  #storeInSteps(name: string, method: string, body: Buffer, query: URLSearchParams): FakeAnswer {
    const pending = `${name}#pending`;
    if (method === "PUT" && query.get("resource") === "file") this.files.set(pending, Buffer.alloc(0));
    else if (method === "PATCH" && query.get("action") === "append" && this.files.has(pending))
      this.files.set(pending, body);
    else if (method === "PATCH" && query.get("action") === "flush") {
      const whole = this.files.get(pending);
      if (whole?.length !== Number(query.get("position"))) return { status: 400, body: "position" };
      this.files.set(name, whole);
    } else return { status: 409, body: "order" };
    return { status: 202 };
  }
}
