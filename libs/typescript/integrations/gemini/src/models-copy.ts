/** The client's models, as far as they are needed; the methods called `…Internal` make one request each. */
export interface Models {
  generateContent(request: unknown): Promise<unknown>;
  generateContentStream(request: unknown): Promise<unknown>;
  generateContentInternal(request: unknown): Promise<unknown>;
  generateContentStreamInternal(request: unknown): Promise<unknown>;
}

/**
 * A copy of the client's models for one call, in which that call's requests can be followed without a change to the client.
 *
 * @returns `undefined` where the client is built otherwise, or where somebody has replaced the method: theirs is then to be
 * called, and the requests behind it are not recorded one by one
 */
export function copyModels(models: Models, method: "generateContent" | "generateContentStream"): Models | undefined {
  try {
    const { constructor: Constructor, apiClient } = models as unknown as { constructor: unknown; apiClient: unknown };
    const copy: Models = Reflect.construct(Constructor as new (apiClient: unknown) => Models, [apiClient]);
    const followable = [copy.generateContentInternal, copy.generateContentStreamInternal].every(isFunction);
    return followable && String(copy[method]) === String(models[method]) ? copy : undefined;
  } catch {
    return undefined;
  }
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}
