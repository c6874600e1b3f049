/**
 * Whether one of the spans above `id`, at whatever distance, is among `ids`. A span of another process may come with parents
 * that form a cycle; that has no top, and so no ancestor.
 */
export function hasAncestorIn(
  ids: ReadonlyMap<string, unknown>,
  parents: ReadonlyMap<string, string | null>,
  id: string,
): boolean {
  const seen = new Set([id]);
  for (let at = parents.get(id); at; at = parents.get(at)) {
    if (seen.has(at)) return false;
    if (ids.has(at)) return true;
    seen.add(at);
  }
  return false;
}
