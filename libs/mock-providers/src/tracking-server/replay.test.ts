import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MockReply, MockRequest } from "../contract";
import { createTrackingServer, type TrackingServer, type TrackingServerOptions } from "./index";
import { parseLossless } from "./lossless-json";

/** An exchange recorded against a real MLflow 3.17.2 server. `template` has placeholders that `bind` fills. */
interface Recorded {
  readonly id: string;
  readonly server: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: string;
    readonly headers: Record<string, string>;
    readonly body?: string | null;
    readonly bodyEncoding?: "base64";
  };
  readonly template?: {
    readonly path?: string;
    readonly body?: string;
    readonly query?: string;
    readonly headers?: Record<string, string>;
  };
  readonly bind?: Record<string, string>;
  readonly response: {
    readonly status: number;
    readonly body?: string;
    readonly bodyEncoding?: "base64";
    readonly type?: string;
  };
}

const FILES = [
  "01-experiments",
  "02-trace-info",
  "03-artifacts",
  "04-otlp",
  "05-lifecycle",
  "07-tags",
  "11-variants",
  "12-lossless",
];

/** How the servers were started, where it matters. */
const SERVERS: Readonly<Record<string, TrackingServerOptions>> = {
  direct: { artifactRoot: "<ARTIFACT_ROOT>" },
  noproxy: { artifactRoot: "<ARTIFACT_ROOT>" },
  file: { otlp: false },
};

/** Exchanges outside what this server covers, with the reason. They are sent (later ones rely on them), not compared. */
const OUT_OF_SCOPE: Readonly<Record<string, string>> = {
  "run-create": "runs are not covered",
  "ti-v2-post": "the old 2.0 way of starting a trace is not covered",
};

/** Exchanges whose status differs, with the reason. */
const OTHER_STATUS: Readonly<Record<string, string>> = {
  "ar-traversal": "a web URL resolves `..` before it is sent, so the request arrives under another path",
};

const NO_TRANSLATION = "the real server translates the attributes of other conventions";

/** Successful exchanges whose body differs beyond ids, times and order, with the reason. */
const OTHER_BODY: Readonly<Record<string, string>> = {
  "ti-dup": "the real server's immediate answer lacks the tag that was just added; GET shows it, and so do we at once",
  "od-genai-info": NO_TRANSLATION,
  "od-genai-get": NO_TRANSLATION,
};

function fixture(name: string): Recorded[] {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
}

function fill(text: string, bound: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (match, name: string) => bound.get(name) ?? match);
}

function toRequest({ request, template }: Recorded, bound: ReadonlyMap<string, string>): MockRequest {
  const query = template?.query ?? request.query;
  const path = fill(template?.path ?? request.path, bound) + (query ? `?${fill(query, bound)}` : "");
  const headers = Object.entries(template?.headers ?? request.headers);
  const text = template?.body === undefined ? request.body : fill(template.body, bound);
  return {
    method: request.method,
    url: new URL(path, "http://localhost:5000"),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), fill(value, bound)])),
    body: request.bodyEncoding === "base64" ? Buffer.from(text ?? "", "base64") : (text ?? null),
  };
}

function bodyOf(reply: MockReply): Buffer {
  return Buffer.concat(reply.chunks.map(({ data }) => Buffer.from(data as string)));
}

function pointer(value: unknown, path: string): string {
  const steps = path.split("/").slice(1);
  return String(steps.reduce<unknown>((inner, step) => Reflect.get(Object(inner), step), value));
}

const VOLATILE = new Set(["creation_time", "last_update_time", "assessment_id"]);

/** A JSON body without what differs from run to run; other bodies as they are. */
function comparable(body: Buffer): unknown {
  try {
    const exact = JSON.stringify(parseLossless(body.toString()));
    return JSON.parse(exact, (key, value) => (VOLATILE.has(key) ? "<volatile>" : value));
  } catch {
    return body.toString("base64");
  }
}

function isDownload({ request }: Recorded): boolean {
  return request.path.includes("artifact");
}

interface Outcome {
  readonly recorded: Recorded;
  readonly reply: MockReply;
  readonly expectedBody: Buffer;
}

/** Experiments count on from file to file, and not every file is replayed: recorded ids become ours. */
function rebase(body: string, ids: ReadonlyMap<string, string>): string {
  return body.replace(
    /("experiment_id":\s*"|mlflow-artifacts:\/)(\d+)/g,
    (_m, start: string, id: string) => start + (ids.get(id) ?? id),
  );
}

function replay(): Outcome[] {
  const servers: Record<string, TrackingServer> = {};
  return FILES.flatMap((name) => replayFile(fixture(name), servers));
}

function replayFile(records: readonly Recorded[], servers: Record<string, TrackingServer>): Outcome[] {
  const bound = new Map<string, string>();
  const ids = new Map<string, string>();
  return records.map((recorded) => {
    servers[recorded.server] ??= createTrackingServer(SERVERS[recorded.server]);
    const reply = (servers[recorded.server] as TrackingServer).handle(toRequest(recorded, bound));
    for (const [name, path] of Object.entries(recorded.bind ?? {})) {
      bound.set(name, pointer(JSON.parse(bodyOf(reply).toString()), path));
      if (path === "/experiment_id")
        ids.set(pointer(JSON.parse(recorded.response.body ?? ""), path), bound.get(name) ?? "");
    }
    const { body = "", bodyEncoding } = recorded.response;
    const expectedBody = bodyEncoding ? Buffer.from(body, bodyEncoding) : Buffer.from(rebase(body, ids));
    return { recorded, reply, expectedBody };
  });
}

const outcomes = replay();
const inScope = outcomes.filter(({ recorded }) => !(recorded.id in OUT_OF_SCOPE));

describe("replay of exchanges with a real MLflow 3.17.2 server", () => {
  it("answers with the same status", () => {
    const other = inScope.filter(({ recorded, reply }) => reply.status !== recorded.response.status);
    const share = 1 - other.length / inScope.length;
    console.log(
      `equal statuses: ${inScope.length - other.length} of ${inScope.length} (${(100 * share).toFixed(1)} %)`,
    );
    expect(other.map(({ recorded }) => recorded.id)).toEqual(Object.keys(OTHER_STATUS));
    expect(share).toBeGreaterThanOrEqual(0.95);
  });

  it("answers with the same body where it succeeds", () => {
    const successes = inScope.filter(({ recorded }) => recorded.response.status < 300 && !(recorded.id in OTHER_BODY));
    console.log(`equal successful bodies: ${successes.length} of ${successes.length + Object.keys(OTHER_BODY).length}`);
    for (const { recorded, reply, expectedBody } of successes) {
      expect(comparable(bodyOf(reply)), recorded.id).toEqual(comparable(expectedBody));
    }
  });

  it("gives files back byte by byte, its own ones for viewers too", () => {
    const downloads = inScope.filter(
      (o) => o.recorded.request.method === "GET" && o.reply.status === 200 && isDownload(o.recorded),
    );
    const files = downloads.filter(({ recorded }) => recorded.id !== "ar-list" && !(recorded.id in OTHER_BODY));
    expect(files.length).toBeGreaterThan(12);
    for (const { recorded, reply, expectedBody } of files) expect(bodyOf(reply), recorded.id).toEqual(expectedBody);
  });

  it("reports failures in the same one of the four shapes, with the same code", () => {
    for (const { recorded, reply, expectedBody } of inScope) {
      if (recorded.response.status < 400 || recorded.id in OTHER_STATUS) continue;
      expect(reply.headers["content-type"], recorded.id).toBe(recorded.response.type);
      if (!recorded.response.type?.includes("json")) continue;
      const [ours, theirs] = [JSON.parse(bodyOf(reply).toString()), JSON.parse(expectedBody.toString())];
      expect(Object.keys(ours).sort(), recorded.id).toEqual(Object.keys(theirs).sort());
      expect(ours.error_code, recorded.id).toBe(theirs.error_code);
      expect(ours.error_class, recorded.id).toBe(theirs.error_class);
    }
  });

  it("still needs every exception that is listed", () => {
    const byId = new Map(outcomes.map((outcome) => [outcome.recorded.id, outcome]));
    for (const id of Object.keys(OUT_OF_SCOPE)) expect(byId.get(id)?.reply.status, id).toBe(404);
    for (const id of Object.keys(OTHER_BODY)) {
      const outcome = byId.get(id);
      expect(outcome && comparable(bodyOf(outcome.reply)), id).not.toEqual(outcome && comparable(outcome.expectedBody));
    }
  });
});
