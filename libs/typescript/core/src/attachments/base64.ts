/**
 * The bytes of a base64 text with its padding; `undefined` when it is none. Line breaks and the URL-safe alphabet are
 * refused, as Python's MLflow refuses them.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const size = base64Size(text);
  if (size === undefined) return undefined;
  try {
    const binary = atob(text);
    // `atob` leaves white space out, which this length does not allow for.
    if (binary.length !== size) return undefined;
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at++) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return undefined;
  }
}

/** Bytes that a base64 text of this length and padding stands for; `undefined` when its length fits none. */
export function base64Size(text: string): number | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}
