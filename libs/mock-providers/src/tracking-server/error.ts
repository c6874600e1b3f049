import type { MockReply } from "../contract";
import { jsonReply, textReply } from "./reply";

/** Error codes of the REST API with their HTTP status, SQL state and error class. */
const CODES = {
  INVALID_PARAMETER_VALUE: [400, "KAM00", "INVALID_PARAMETER_VALUE"],
  RESOURCE_ALREADY_EXISTS: [400, "KAM00", "RESOURCE_ALREADY_EXISTS"],
  BAD_REQUEST: [400, "KAM00", "INVALID_PARAMETER_VALUE"],
  RESOURCE_DOES_NOT_EXIST: [404, "KAM00", "RESOURCE_NOT_FOUND"],
  NOT_FOUND: [404, "KAM00", "RESOURCE_NOT_FOUND"],
  INTERNAL_ERROR: [500, "XXM00", "CLIENT_INTERNAL_ERROR"],
  INVALID_STATE: [500, "XXM00", "CLIENT_INTERNAL_ERROR"],
  FEATURE_DISABLED: [500, "KAM00", "FEATURE_DISABLED"],
} as const satisfies Record<string, readonly [status: number, sqlstate: string, errorClass: string]>;

export type ErrorCode = keyof typeof CODES;

/** A failure with a code of the REST API; handlers throw it and the router turns it into an answer. */
export class ApiFailure extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }

  toReply(): MockReply {
    const [status, sqlstate, errorClass] = CODES[this.code];
    return jsonReply({ error_code: this.code, message: this.message, sqlstate, error_class: errorClass }, status);
  }
}

export const invalid = (message: string): ApiFailure => new ApiFailure("INVALID_PARAMETER_VALUE", message);
export const missing = (message: string): ApiFailure => new ApiFailure("RESOURCE_DOES_NOT_EXIST", message);

/** The shape of errors on the routes of the web framework (OTLP, artifacts). */
export function detailReply(status: number, detail: string): MockReply {
  return jsonReply({ detail }, status);
}

const PAGES = {
  404: ["Not Found", "This server has nothing at this address."],
  405: ["Method Not Allowed", "This address does not take this method."],
  500: ["Internal Server Error", "This server failed in a way that it did not foresee."],
} as const;

/** The page that an unknown path (404) or method (405) gets, and a failure that nobody foresaw. */
export function htmlReply(status: keyof typeof PAGES, headers: Record<string, string> = {}): MockReply {
  const [title, reason] = PAGES[status];
  const page = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${reason}</p>\n`;
  return textReply(page, status, { "content-type": "text/html; charset=utf-8", ...headers });
}
