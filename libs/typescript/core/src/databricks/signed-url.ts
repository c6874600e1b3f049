import { type HttpRequest, requestText } from "../client/http.js";
import { MlflowHttpError } from "../client/http-error.js";
import { asList, asRecord, asText } from "../json/read.js";

/** Leave to read or write one file at a cloud provider, for a short time. */
export interface SignedUrl {
  /** E.g. `AWS_PRESIGNED_URL`. */
  readonly type: string;
  /** Whoever has it may use it, so it is never part of a message. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Step = Pick<HttpRequest, "method" | "url" | "data" | "headers">;

const JSON_TYPE = { "Content-Type": "application/json" };

/** The requests that write a file, by kind of URL. */
const UPLOADS: Readonly<Record<string, (url: string, body: Uint8Array<ArrayBuffer>) => Step[]>> = {
  AWS_PRESIGNED_URL: putOnce,
  GCP_SIGNED_URL: putOnce,
  AZURE_SAS_URI: (url, data) => [
    { method: "PUT", url, data, headers: { ...JSON_TYPE, "x-ms-blob-type": "BlockBlob" } },
  ],
  AZURE_ADLS_GEN2_SAS_URI: (url, data) => [
    { method: "PUT", url: withQuery(url, "resource=file"), data: "" },
    {
      method: "PATCH",
      url: withQuery(url, "action=append&position=0"),
      data,
      headers: { "Content-Type": "application/octet-stream" },
    },
    { method: "PATCH", url: withQuery(url, `action=flush&position=${data.length}`), data: "" },
  ],
};

/**
 * Reads `{credential_info: {type, signed_uri, headers}}`.
 *
 * @throws Error when there is no http or https URL in it
 */
export function readSignedUrl(answer: unknown): SignedUrl {
  const info = asRecord(asRecord(answer).credential_info);
  const url = asText(info.signed_uri) ?? "";
  if (!/^https?:\/\//i.test(url)) throw new Error("The server's answer has no credential_info.signed_uri");
  const headers = asList(info.headers).map((header) => [asText(asRecord(header).name), asText(asRecord(header).value)]);
  return { type: asText(info.type) ?? "", url, headers: Object.fromEntries(headers.filter(([name]) => name)) };
}

/** @throws Error that says the kind of URL, the status and what the provider answered */
export async function uploadToSignedUrl(target: SignedUrl, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const steps = Object.hasOwn(UPLOADS, target.type) ? UPLOADS[target.type] : undefined;
  if (!steps) throw new Error(`Uploads by ${target.type || "a URL without a type"} are not supported`);
  for (const step of steps(target.url, body)) await send(target, step, "upload");
}

/** @throws Error like {@link uploadToSignedUrl} */
export function downloadFromSignedUrl(source: SignedUrl): Promise<string> {
  return send(source, { method: "GET", url: source.url }, "download");
}

async function send({ type, url, headers }: SignedUrl, step: Step, action: string): Promise<string> {
  try {
    // Not the workspace's headers: the token is none of the provider's business.
    return await requestText({ ...step, headers: { ...step.headers, ...headers } }, async () => ({}));
  } catch (error) {
    const reason =
      error instanceof MlflowHttpError
        ? `${error.status} ${error.statusText || error.body}`
        : String(error instanceof Error ? error.message : error);
    // Without the cause, whose message holds the URL.
    throw new Error(`${type} ${action} failed: ${reason.replaceAll(url, "<signed URL>").slice(0, 500)}`);
  }
}

function putOnce(url: string, data: Uint8Array<ArrayBuffer>): Step[] {
  return [{ method: "PUT", url, data, headers: JSON_TYPE }];
}

function withQuery(url: string, query: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}
