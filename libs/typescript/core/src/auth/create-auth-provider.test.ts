import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { databricks as browserDatabricks } from "../databricks/browser-access.js";
import { FakeDatabricksServer } from "../databricks/testing/fake-databricks-server.js";
import { setDiagnosticSink } from "../diagnostics.js";
import { kubernetes as browserKubernetes } from "./browser-kubernetes.js";
import { type AuthOptions, createAuthProvider } from "./create-auth-provider.js";
import { isDatabricksUri, parseDatabricksProfile } from "./databricks-uri.js";
import { kubernetes } from "./node-kubernetes.js";

const trackingUri = "http://localhost:5000/prefix";
const headers = (options: Partial<AuthOptions> = {}) =>
  createAuthProvider({ trackingUri, ...options }).getHeadersProvider()();
const json = { "Content-Type": "application/json" };
let folder = "";
let configPath = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "databricks-"));
  configPath = join(folder, "config");
  for (const name of Object.keys(process.env)) if (/^(MLFLOW|DATABRICKS)_/.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv("DATABRICKS_CONFIG_FILE", configPath);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe("self-hosted", () => {
  it("has the tracking URI for its host, and no Databricks token", () => {
    const provider = createAuthProvider({ trackingUri });
    expect([provider.getHost(), provider.getDatabricksToken()]).toEqual([trackingUri, undefined]);
  });

  it("prefers user and password to a token, and options to the environment", async () => {
    expect(await headers()).toEqual(json);
    vi.stubEnv("MLFLOW_TRACKING_TOKEN", "env-token");
    expect(await headers()).toEqual({ ...json, Authorization: "Bearer env-token" });
    expect(await headers({ trackingServerToken: "t" })).toEqual({ ...json, Authorization: "Bearer t" });
    vi.stubEnv("MLFLOW_TRACKING_USERNAME", "kari");
    expect(await headers()).toEqual({ ...json, Authorization: "Bearer env-token" });
    vi.stubEnv("MLFLOW_TRACKING_PASSWORD", "pæss:word");
    const basic = `Basic ${Buffer.from("kari:pæss:word").toString("base64")}`;
    expect(await headers({ trackingServerToken: "t" })).toEqual({ ...json, Authorization: basic });
    expect(await headers({ trackingServerUsername: "" })).toEqual({ ...json, Authorization: "Bearer env-token" });
  });

  it("names a workspace when asked to, by the environment first", async () => {
    expect(await headers({ workspace: "a" })).toEqual({ ...json, "X-MLFLOW-WORKSPACE": "a" });
    vi.stubEnv("MLFLOW_WORKSPACE", "b");
    expect(await headers({ workspace: "a" })).toEqual({ ...json, "X-MLFLOW-WORKSPACE": "b" });
  });

  it("reads the environment when it is created", async () => {
    vi.stubEnv("MLFLOW_TRACKING_TOKEN", "before");
    const provider = createAuthProvider({ trackingUri }).getHeadersProvider();
    vi.stubEnv("MLFLOW_TRACKING_TOKEN", "after");
    expect((await provider()).Authorization).toBe("Bearer before");
  });

  it("gives each caller headers of its own", async () => {
    const provider = createAuthProvider({ trackingUri }).getHeadersProvider();
    (await provider()).Authorization = "changed";
    expect(await provider()).toEqual(json);
  });
});

describe("Kubernetes", () => {
  const auth = { authorization: vi.fn(async () => "Bearer k8s"), namespace: vi.fn(async () => "team-a") };
  beforeEach(() => {
    auth.namespace.mockClear();
    vi.spyOn(kubernetes, "createAuth").mockReturnValue(auth);
  });

  it("is asked where nothing else is given", async () => {
    vi.stubEnv("MLFLOW_TRACKING_AUTH", "kubernetes");
    expect(await headers()).toEqual({ ...json, Authorization: "Bearer k8s" });
    expect(await headers({ trackingServerToken: "t" })).toEqual({ ...json, Authorization: "Bearer t" });
    expect(auth.namespace).not.toHaveBeenCalled();
  });

  it("names the namespace as the workspace, unless there is another one", async () => {
    vi.stubEnv("MLFLOW_TRACKING_AUTH", "kubernetes-namespaced");
    const provider = createAuthProvider({ trackingUri }).getHeadersProvider();
    expect((await provider())["X-MLFLOW-WORKSPACE"]).toBe("team-a");
    vi.stubEnv("MLFLOW_WORKSPACE", "named-later");
    expect((await provider())["X-MLFLOW-WORKSPACE"]).toBe("named-later");
    expect(auth.namespace).toHaveBeenCalledOnce();
  });

  it("fails the request, not the creation, when there are no credentials", async () => {
    vi.stubEnv("MLFLOW_TRACKING_AUTH", "kubernetes");
    vi.spyOn(kubernetes, "createAuth").mockReturnValue(browserKubernetes.createAuth());
    const provider = createAuthProvider({ trackingUri }).getHeadersProvider();
    await expect(provider()).rejects.toThrow("needs Node.js");
  });

  it("warns of a method that does not exist", async () => {
    const sink = vi.fn();
    const restore = setDiagnosticSink(sink);
    vi.stubEnv("MLFLOW_TRACKING_AUTH", "kerberos");
    expect(await headers()).toEqual(json);
    restore();
    expect(sink).toHaveBeenCalledWith(expect.stringContaining("MLFLOW_TRACKING_AUTH=kerberos"), undefined);
  });
});

describe("Databricks URIs", () => {
  it.each([
    ["databricks", true, undefined],
    ["databricks://", true, undefined],
    ["databricks://dev", true, "dev"],
    ["databricks-uc", false, undefined],
    ["https://databricks", false, undefined],
  ])("%s", (uri, isDatabricks, profile) => {
    expect([isDatabricksUri(uri), parseDatabricksProfile(uri)]).toEqual([isDatabricks, profile]);
  });
});

describe("Databricks", () => {
  const server = new FakeDatabricksServer();
  beforeAll(async () => void (await server.start()));
  afterAll(() => server.stop());
  const create = (options: Partial<AuthOptions> = {}) => createAuthProvider({ trackingUri: "databricks", ...options });
  const authorization = async (options: Partial<AuthOptions> = {}) =>
    (await create(options).getHeadersProvider()()).Authorization;

  it("finds the host in the option, the environment, the profile, in this order", () => {
    writeFileSync(configPath, "[DEFAULT]\nhost = https://file.example/?o=1\n[dev]\nhost = dev.example");
    expect(create().getHost()).toBe("https://file.example");
    expect(create({ trackingUri: "databricks://dev" }).getHost()).toBe("https://dev.example");
    vi.stubEnv("DATABRICKS_CONFIG_PROFILE", "dev");
    expect(create().getHost()).toBe("https://dev.example");
    vi.stubEnv("DATABRICKS_HOST", "https://env.example/");
    expect(create().getHost()).toBe("https://env.example");
    expect(create({ host: "https://option.example:8443/path" }).getHost()).toBe("https://option.example:8443");
  });

  it.each(["databricks", "databricks://gone"])("says what to set without a host (%s)", (uri) => {
    expect(() => create({ trackingUri: uri })).toThrow(/Databricks host not found: .*DATABRICKS_HOST/);
    writeFileSync(configPath, "[other]\nhost = https://x");
    expect(() => create({ trackingUri: uri })).toThrow("Databricks host not found");
    writeFileSync(configPath, "\0\0[DEFAULT\nhost https://x");
    expect(() => create({ trackingUri: uri })).toThrow("Databricks host not found");
  });

  it("survives a configuration that is a folder or far too large", () => {
    const sink = vi.fn();
    const restore = setDiagnosticSink(sink);
    expect(() => create({ databricksConfigPath: folder })).toThrow("Databricks host not found");
    writeFileSync(configPath, `[DEFAULT]\nhost = https://x\n${"#".repeat(1_000_001)}`);
    expect(() => create()).toThrow("Databricks host not found");
    restore();
    expect(sink).toHaveBeenCalled();
  });

  it.each(["ftp://x", "https://", "not a url", "javascript:alert(1)"])("refuses the host %s", (host) => {
    expect(() => create({ host })).toThrow("Invalid Databricks host");
  });

  it("finds the token in the option, the environment, the profile, in this order and at each request", async () => {
    writeFileSync(configPath, "[DEFAULT]\nhost = https://file.example\ntoken = from-file");
    const provider = create();
    const now = async () => (await provider.getHeadersProvider()()).Authorization;
    expect([await now(), provider.getDatabricksToken()]).toEqual(["Bearer from-file", "from-file"]);
    writeFileSync(configPath, "[DEFAULT]\nhost = https://file.example\ntoken = rotated");
    expect(await now()).toBe("Bearer rotated");
    vi.stubEnv("DATABRICKS_TOKEN", "from-env");
    expect([await now(), provider.getDatabricksToken()]).toEqual(["Bearer from-env", "from-env"]);
    expect(await authorization({ databricksToken: "from-option" })).toBe("Bearer from-option");
  });

  it("never sends a profile's token to another host", async () => {
    writeFileSync(configPath, "[DEFAULT]\nhost = https://file.example\ntoken = secret");
    await expect(authorization({ host: "https://other.example" })).rejects.toThrow(
      "No Databricks credentials for https://other",
    );
    expect(await authorization({ host: "file.example/" })).toBe("Bearer secret");
  });

  it("gets tokens by OAuth where there is no other, once for many requests", async () => {
    vi.stubEnv("DATABRICKS_CLIENT_ID", "client");
    vi.stubEnv("DATABRICKS_CLIENT_SECRET", "s3cret");
    const provider = create({ host: server.host }).getHeadersProvider();
    const all = await Promise.all(Array.from({ length: 30 }, provider));
    expect(new Set(all.map(({ Authorization }) => Authorization))).toEqual(new Set(["Bearer oauth-1"]));
    expect(server.seen("/oidc/v1/token")).toHaveLength(1);
    expect(await authorization({ host: server.host, databricksToken: "t" })).toBe("Bearer t");
  });

  it("takes the service principal of a profile, and a changed one", async () => {
    server.requests.length = 0;
    const write = (secret: string) =>
      writeFileSync(configPath, `[sp]\nhost=${server.host}\nclient_id=client\nclient_secret=${secret}`);
    write("wrong");
    const provider = create({ trackingUri: "databricks://sp" }).getHeadersProvider();
    await expect(provider()).rejects.toThrow("HTTP 401");
    write("s3cret");
    expect((await provider()).Authorization).toMatch(/^Bearer oauth-/);
    await provider();
    expect(server.seen("/oidc/v1/token")).toHaveLength(2);
  });

  it("says what is missing when there are no credentials", async () => {
    vi.stubEnv("DATABRICKS_CLIENT_ID", "client");
    await expect(authorization({ host: server.host })).rejects.toThrow("DATABRICKS_CLIENT_SECRET");
  });
});

describe("browsers", () => {
  it("are told that Databricks is out of their reach", async () => {
    const message = "Databricks can be reached from Node.js only";
    expect(() => browserDatabricks.createAuth({ trackingUri: "databricks", host: "x.example" })).toThrow(message);
    const connection = { base: "https://x.example", headers: async () => ({}) };
    await expect(browserDatabricks.downloadTraceData(connection, "tr-1")).rejects.toThrow(message);
    await expect(browserDatabricks.exportOtlpSpans(connection, [], "a.b.c")).rejects.toThrow(message);
  });
});
