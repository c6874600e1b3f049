/** Compares answers by their shape. For tests with recorded exchanges. */

/** Types instead of values; `type`, `role`, `object` and reasons keep theirs. Tool input is the caller's. */
export function shape(value: unknown, key = ""): unknown {
  if (key === "args") return "object";
  if (Array.isArray(value)) return value.map((item) => shape(item));
  if (typeof value !== "object" || value === null)
    return KEPT.has(key) ? value : value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shape(item, name)]));
}

const KEPT: ReadonlySet<string> = new Set([
  "type",
  "role",
  "object",
  "status",
  "model",
  "modelVersion",
  "finish_reason",
  "finishReason",
  "modality",
]);

/** Events in order, each as its name and the shape of its data; a run of the same event counts once. */
export function eventShapes(sse: string): unknown[] {
  const events = sse.split(/\r?\n\r?\n/).filter(Boolean);
  const shapes = events.map((event) => {
    const lines = event.split(/\r?\n/);
    const data = lines.find((line) => line.startsWith("data: "))?.slice("data: ".length) ?? "";
    return [lines.find((line) => line.startsWith("event: ")) ?? "", data === "[DONE]" ? data : shape(JSON.parse(data))];
  });
  return shapes.filter((item, index) => JSON.stringify(item) !== JSON.stringify(shapes[index - 1]));
}
