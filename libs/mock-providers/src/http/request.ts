import type { MockRequest } from "../contract";

/** Reads a web request to its end. A body that is not UTF-8 stays bytes; no body and an empty one are both `null`. */
export async function parseRequest(request: Request): Promise<MockRequest> {
  return {
    method: request.method.toUpperCase(),
    url: new URL(request.url),
    headers: Object.fromEntries(request.headers),
    body: decodeBody(new Uint8Array(await request.arrayBuffer())),
  };
}

function decodeBody(bytes: Uint8Array): string | Uint8Array | null {
  if (bytes.byteLength === 0) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}
