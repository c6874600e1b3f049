import { editor } from "monaco-editor/editor";
import { toHex } from "./color";

const THEME = "tracebook";

/** What Monaco colours, by the site's token. */
const COLORS = {
  "editor.background": "--sunken",
  "editor.foreground": "--text",
  "editorCursor.foreground": "--text",
  "editorLineNumber.foreground": "--muted",
  "editorLineNumber.activeForeground": "--text",
  "editor.selectionBackground": "--accent-soft",
  "editor.inactiveSelectionBackground": "--accent-soft",
  "editor.wordHighlightBackground": "--accent-soft",
  "editor.wordHighlightStrongBackground": "--accent-soft",
  "editor.wordHighlightTextBackground": "--accent-soft",
  "editor.findMatchBackground": "--warning-soft",
  "editor.findMatchHighlightBackground": "--warning-soft",
  "editorBracketMatch.background": "--accent-soft",
  "editorBracketMatch.border": "--accent",
  "editorError.foreground": "--error",
  "editorWarning.foreground": "--warning",
  "editorInfo.foreground": "--link",
  "editorWidget.background": "--card",
  "editorWidget.foreground": "--text",
  "editorWidget.border": "--line-strong",
  "editorHoverWidget.background": "--card",
  "editorHoverWidget.foreground": "--text",
  "editorHoverWidget.border": "--line-strong",
  "editorSuggestWidget.background": "--card",
  "editorSuggestWidget.foreground": "--text",
  "editorSuggestWidget.border": "--line-strong",
  "editorSuggestWidget.selectedBackground": "--accent-soft",
  "editorSuggestWidget.selectedForeground": "--text",
  "editorSuggestWidget.highlightForeground": "--accent",
  "editorSuggestWidget.focusHighlightForeground": "--accent",
  "scrollbarSlider.background": "--line",
  "scrollbarSlider.hoverBackground": "--line-strong",
  "scrollbarSlider.activeBackground": "--muted",
  "input.background": "--sunken",
  "input.foreground": "--text",
  "input.border": "--line-strong",
  "menu.background": "--card",
  "menu.foreground": "--text",
  "menu.selectionBackground": "--accent-soft",
  "menu.selectionForeground": "--text",
  "list.hoverBackground": "--sunken",
  "textLink.foreground": "--link",
  focusBorder: "--accent",
} as const;

const TOKENS = [
  { token: "", property: "--text" },
  { token: "keyword", property: "--code-keyword" },
  { token: "string", property: "--code-string" },
  { token: "regexp", property: "--code-string" },
  { token: "function", property: "--code-function" },
  { token: "number", property: "--code-value" },
  { token: "type", property: "--code-value" },
  { token: "comment", property: "--code-comment", fontStyle: "italic" },
  { token: "identifier", property: "--text" },
  { token: "type.identifier", property: "--text" },
  { token: "delimiter", property: "--text" },
] as const;

let following: MutationObserver | null = null;

/** Gives all editors the site's colours and keeps to them when the reader changes between light and dark. */
export function followColorMode(): void {
  if (following) return;
  applyTheme();
  following = new MutationObserver(applyTheme);
  following.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}

function applyTheme(): void {
  const read = tokenReader();
  const colors: Record<string, string> = {};
  for (const [name, property] of Object.entries(COLORS)) {
    const hex = read(property);
    if (hex) colors[name] = hex;
  }
  const rules = TOKENS.flatMap(({ token, property, ...style }) => {
    const hex = read(property);
    return hex ? [{ token, foreground: hex.slice(1), ...style }] : [];
  });
  const dark = document.documentElement.dataset.theme === "dark";
  // No shadow under the scrolled text, and no box around the current line.
  colors["scrollbar.shadow"] = colors["editor.lineHighlightBorder"] = "#00000000";
  editor.defineTheme(THEME, { base: dark ? "vs-dark" : "vs", inherit: true, rules, colors });
  editor.setTheme(THEME);
}

/** Reads custom properties as hex colours, whatever notation the style sheet uses. */
function tokenReader(): (property: string) => string | undefined {
  return (property) => {
    const probe = document.createElement("span");
    probe.style.color = `var(${property})`;
    document.body.append(probe);
    const computed = getComputedStyle(probe).color;
    probe.remove();
    return toHex(computed);
  };
}
