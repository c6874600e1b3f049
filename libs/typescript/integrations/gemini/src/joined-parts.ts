/** A part of an answer, as far as joining needs to know it. */
export interface Part {
  text?: string;
  thought?: boolean;
  thoughtSignature?: string;
  inlineData?: { data?: string };
  functionCall?: FunctionCall;
  [field: string]: unknown;
}

/** A function call that is streamed comes in pieces: the first has the name, the others more arguments. */
interface FunctionCall {
  name?: string;
  partialArgs?: unknown[];
  willContinue?: boolean;
  [field: string]: unknown;
}

const OF_TEXT = new Set(["text", "thought", "thoughtSignature"]);

/**
 * Adds a part to those before it: text to text of its kind, further arguments to the function call that they belong to. A
 * signature closes the part that it came with, since it stands for that part alone.
 */
export function addPart(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  if (last && isPlainText(last) && isPlainText(part) && Boolean(last.thought) === Boolean(part.thought)) {
    last.text = `${last.text}${part.text}`;
    return;
  }
  if (last?.functionCall?.willContinue && part.functionCall && part.functionCall.name === undefined) {
    last.functionCall = continueCall(last.functionCall, part.functionCall);
    return;
  }
  parts.push({ ...part });
}

/** Characters that a part adds to what is held; arguments of functions are small and are counted as parts only. */
export function sizeOf(part: Part): number {
  return (part.text?.length ?? 0) + (part.inlineData?.data?.length ?? 0);
}

function isPlainText(part: Part): boolean {
  return (
    typeof part.text === "string" &&
    part.thoughtSignature === undefined &&
    Object.keys(part).every((key) => OF_TEXT.has(key) || part[key] === undefined)
  );
}

function continueCall(call: FunctionCall, more: FunctionCall): FunctionCall {
  const { willContinue: _, ...rest } = call;
  const partialArgs = [...(call.partialArgs ?? []), ...(more.partialArgs ?? [])];
  const changed = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  return { ...rest, ...changed, ...(partialArgs.length > 0 ? { partialArgs } : {}) };
}
