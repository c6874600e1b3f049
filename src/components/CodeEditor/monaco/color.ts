/**
 * A computed CSS colour as `#rrggbb`, the only form that Monaco takes; see-through ones as they look on `backdrop`.
 * Understands what browsers compute: `rgb(…)`, `rgba(…)` and `color(srgb …)`.
 *
 * @returns undefined for anything else
 */
export function toHex(computed: string, backdrop = "#ffffff"): string | undefined {
  const [, notation, body = ""] = /^(rgba?|color)\((.*)\)$/.exec(computed.trim()) ?? [];
  if (!notation || (notation === "color" && !body.startsWith("srgb "))) return undefined;
  const scale = notation === "color" ? 255 : 1;
  const [red, green, blue, alpha = 1] = body
    .replace("srgb", "")
    .split(/[\s,/]+/)
    .filter(Boolean)
    .map(Number);
  const channels = [red, green, blue].map((channel) => (channel ?? Number.NaN) * scale);
  if (![...channels, alpha].every(Number.isFinite)) return undefined;
  const below = [1, 3, 5].map((at) => Number.parseInt(backdrop.slice(at, at + 2), 16));
  return `#${channels.map((channel, at) => hexByte(channel * alpha + (below[at] ?? 0) * (1 - alpha))).join("")}`;
}

function hexByte(value: number): string {
  return Math.round(Math.min(255, Math.max(0, value)))
    .toString(16)
    .padStart(2, "0");
}
