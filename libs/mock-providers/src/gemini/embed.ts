import type { MockReply } from "../contract";
import { embedText } from "../model/embedding";
import type { Call } from "./call";
import { invalidArgument } from "./error";
import type { Target } from "./generate";
import { requireModel } from "./models";
import { parseBody } from "./parse";
import { BatchEmbedSchema, CountSchema, type EmbedRequest, EmbedSchema } from "./schema";
import { textOf } from "./turns";
import { countPrompt, totalTokens } from "./usage";

const MOST_REQUESTS = 100;

/** POST models/{model}:embedContent. */
export function embedContent(call: Call, target: Target): MockReply {
  const { dimensions } = requireModel(target.model, target.method, target.version);
  const request = parseBody(EmbedSchema, call.request);
  return call.json({ embedding: embed(request, dimensions, "EmbedContentRequest") }, delay(call, target));
}

/** POST models/{model}:batchEmbedContents. */
export function batchEmbedContents(call: Call, target: Target): MockReply {
  const { dimensions } = requireModel(target.model, target.method, target.version);
  const { requests } = parseBody(BatchEmbedSchema, call.request);
  if (requests.length === 0) throw invalidArgument("* BatchEmbedContentsRequest.requests: requests is not specified\n");
  if (requests.length > MOST_REQUESTS) {
    throw invalidArgument(
      `* BatchEmbedContentsRequest.requests: at most ${MOST_REQUESTS} requests can be in one batch\n`,
    );
  }
  const stray = requests.findIndex(({ model }) => model !== `models/${target.model}`);
  if (stray >= 0) {
    throw invalidArgument(
      `* BatchEmbedContentsRequest.requests[${stray}].model: it must be the model of the address\n`,
    );
  }
  const embeddings = requests.map((request, index) =>
    embed(request, dimensions, `BatchEmbedContentsRequest.requests[${index}]`),
  );
  return call.json({ embeddings }, delay(call, target));
}

function embed({ content, title, outputDimensionality: wanted }: EmbedRequest, most: number, place: string): object {
  const text = [title ?? "", textOf(content)].filter(Boolean).join("\n");
  if (text === "") throw invalidArgument(`* ${place}.content: content is empty\n`);
  if (wanted != null && (wanted < 1 || wanted > most)) {
    throw invalidArgument(`* ${place}.output_dimensionality: it must be in the range [1, ${most}].\n`);
  }
  return { values: embedText(text, wanted ?? most) };
}

function delay(call: Call, { model }: Target): number {
  return call.pace({ model, tokens: 1, latencyMs: undefined }).firstTokenMs;
}

/** POST models/{model}:countTokens. */
export function countContentTokens(call: Call, target: Target): MockReply {
  requireModel(target.model, target.method, target.version);
  const { contents, generateContentRequest: whole } = parseBody(CountSchema, call.request);
  const counted = whole ?? { contents };
  if (counted.contents.length === 0)
    throw invalidArgument("* CountTokensRequest.contents: contents is not specified\n");
  const counts = countPrompt(counted);
  return call.json({ totalTokens: totalTokens(counts), promptTokensDetails: counts });
}
