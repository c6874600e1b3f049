import type { MockReply, MockRequest } from "../contract";
import { type ArtifactStore, byteLength } from "./artifacts";
import { ApiFailure, detailReply, htmlReply, invalid, missing } from "./error";
import { jsonReply, textReply } from "./reply";

const TEXT_FILE = /\.(json|txt|md|csv|yaml|yml|log|html|xml|py|js|ts)$/i;

/** Answers the artifact proxy for the part of the path behind `…/mlflow-artifacts/artifacts`. */
export function answerArtifacts(store: ArtifactStore, request: MockRequest, rawPath: string): MockReply {
  const path = decodePath(rawPath);
  if (path === "" && request.method === "GET") return listArtifacts(store, request.url.searchParams.get("path") ?? "");
  checkPath(path);
  switch (request.method) {
    case "PUT":
      if (path.endsWith("/")) return detailReply(400, "Artifact path must include a filename (cannot end with '/').");
      store.write(path, request.body);
      return textReply("");
    case "GET":
    case "HEAD":
      return readArtifact(store, path, request.method);
    case "DELETE":
      store.remove(path);
      return jsonReply({});
    default:
      return htmlReply(405, { allow: "PUT, DELETE, OPTIONS, HEAD, GET" });
  }
}

function decodePath(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw invalid("Invalid path");
  }
}

function checkPath(path: string): void {
  if (path === "" || path.split("/").includes("..") || path.startsWith("/") || path.includes("\0"))
    throw invalid("Invalid path");
}

function listArtifacts(store: ArtifactStore, path: string): MockReply {
  if (path !== "") checkPath(path);
  const files = store.list(path.replace(/\/$/, ""));
  return jsonReply(files.length > 0 ? { files } : {}, 200, 2);
}

function readArtifact(store: ArtifactStore, path: string, method: string): MockReply {
  const content = store.read(path);
  if (content === undefined && store.isDirectory(path)) {
    return detailReply(400, `Artifact path refers to a directory, not a file: '${path}'`);
  }
  if (content === undefined) throw missing(`No such artifact: '${path}'`);
  const reply = attachment(path, content);
  if (method === "GET") return reply;
  return { ...reply, headers: { ...reply.headers, "content-length": String(byteLength(content)) }, chunks: [] };
}

/** A file as a download named after the last part of its path. */
export function attachment(path: string, content: string | Uint8Array): MockReply {
  const name = path.split("/").at(-1) ?? "";
  return textReply(content, 200, {
    "content-type": TEXT_FILE.test(name) ? "text/plain" : "application/octet-stream",
    "content-disposition": `attachment; filename=${encodeURIComponent(name)}`,
  });
}

/** The path within the proxy that an artifact location points at; fails with 404 when it lies elsewhere. */
export function proxyPath(location: string, file: string): string {
  const match = /^mlflow-artifacts:\/+(.*)$/.exec(location);
  if (!match) throw new ApiFailure("NOT_FOUND", `Trace data not found for path=${file}`);
  return `${match[1]}/${file}`;
}
