import type { MockReply, MockRequest } from "../contract";
import type { Call } from "./call";
import { batchEmbedContents, countContentTokens, embedContent } from "./embed";
import { ApiError, notFound } from "./error";
import { generateContent, type Target } from "./generate";
import { getModel, listModels, type Method } from "./models";

const METHODS: Readonly<Record<Method, (call: Call, target: Target) => MockReply>> = {
  generateContent,
  streamGenerateContent: generateContent,
  countTokens: countContentTokens,
  embedContent,
  batchEmbedContents,
};

/** `/v1beta/models`, `/v1beta/models/{model}` and `/v1beta/models/{model}:{method}`, in any version. */
const PATH = /^\/(v1|v1beta|v1alpha)\/models(?:\/([^/:]+)(?::(\w+))?)?$/;

/** What answers a request; throws where there is no such path, or none for the method. */
export function findRoute({ method: verb, url }: MockRequest): (call: Call) => MockReply {
  const match = PATH.exec(url.pathname);
  if (!match) throw notFound(`The requested URL ${url.pathname} was not found on this server.`);
  const [, version = "", model, method] = match;
  const wanted = method === undefined ? ["GET", "HEAD"] : ["POST"];
  if (!wanted.includes(verb)) throw new ApiError({ code: 405, message: "Method Not Allowed", status: "UNIMPLEMENTED" });
  if (model === undefined) return listModels;
  if (method === undefined) return (call) => getModel(call, model);
  if (!isMethod(method)) throw notFound(`Method not found: ${method}`);
  return (call) => METHODS[method](call, { model, method, version });
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(METHODS, name);
}
