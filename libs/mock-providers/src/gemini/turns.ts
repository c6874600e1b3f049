import type { Turn, TurnCall } from "../provider/turns";
import type { Content, GenerateRequest, Part } from "./schema";

/** The contents of a request in provider-neutral terms. */
export function toTurns({ contents, systemInstruction }: GenerateRequest): Turn[] {
  const system: Turn[] = systemInstruction ? [{ role: "system", text: textOf(systemInstruction) }] : [];
  return [...system, ...contents.flatMap((content, index) => contentTurns(content, index, contents))];
}

function contentTurns(content: Content, index: number, all: readonly Content[]): Turn[] {
  const text = textOf(content);
  if (content.role === "model") return [{ role: "assistant", text, calls: callsOf(content, index) }];
  const results = resultTurns(content, all, index);
  const pictures = content.parts.filter(isPicture).length;
  // Text stands in front of the results beside it: they answer it.
  const own: Turn[] = text !== "" || pictures > 0 || results.length === 0 ? [{ role: "user", text, pictures }] : [];
  return [...own, ...results];
}

/** The API need not give calls an id: their place tells them apart. */
function callsOf({ parts }: Content, index: number): TurnCall[] {
  const calls = parts.flatMap(({ functionCall }) => (functionCall ? [functionCall] : []));
  return calls.map(({ id, name, args }, place) => ({ id: id ?? `${index}:${place}`, name, input: args ?? {} }));
}

/** Responses belong to the calls right before them: by id, or the first of the name that is still open. */
function resultTurns({ parts }: Content, all: readonly Content[], index: number): Turn[] {
  const caller = all[index - 1];
  const open = caller ? callsOf(caller, index - 1) : [];
  return parts.flatMap(({ functionResponse: result }) => {
    if (!result) return [];
    const found = open.findIndex(({ id, name }) => (result.id == null ? name === result.name : id === result.id));
    const [call] = found < 0 ? [] : open.splice(found, 1);
    return [{ role: "tool" as const, callId: call?.id ?? "", ...readResponse(result.response ?? {}) }];
  });
}

/** What a function returned: the API asks for it under `output` or `result`, and for failures under `error`. */
function readResponse(response: Readonly<Record<string, unknown>>): { text: string; isError: boolean } {
  const isError = "error" in response;
  const value = isError ? response.error : (response.output ?? response.result ?? response);
  return { text: typeof value === "string" ? value : (JSON.stringify(value) ?? ""), isError };
}

export function isPicture({ inlineData, fileData }: Part): boolean {
  return (inlineData?.mimeType ?? fileData?.mimeType ?? "").startsWith("image/");
}

/** The texts of a content, thoughts aside, one per line. */
export function textOf({ parts }: Content): string {
  const texts = parts.filter(({ text, thought }) => text !== undefined && thought !== true);
  return texts.map(({ text }) => text ?? "").join("\n");
}
