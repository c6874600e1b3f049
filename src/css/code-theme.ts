import type { PrismTheme } from "prism-react-renderer";

/** One Prism theme for light and dark: its colours are the site's tokens. */
export const codeTheme: PrismTheme = {
  plain: { color: "var(--text)", backgroundColor: "var(--sunken)" },
  styles: [
    { types: ["comment", "prolog", "cdata"], style: { color: "var(--code-comment)", fontStyle: "italic" } },
    { types: ["keyword", "atrule", "important", "decorator", "annotation"], style: { color: "var(--code-keyword)" } },
    { types: ["string", "char", "attr-value", "regex", "inserted", "url"], style: { color: "var(--code-string)" } },
    { types: ["function", "class-name", "maybe-class-name", "selector"], style: { color: "var(--code-function)" } },
    { types: ["number", "boolean", "constant", "builtin", "variable"], style: { color: "var(--code-value)" } },
    { types: ["tag", "property", "attr-name", "key"], style: { color: "var(--code-tag)" } },
    { types: ["deleted"], style: { color: "var(--error)" } },
    { types: ["operator", "punctuation", "parameter"], style: { color: "var(--text)" } },
  ],
};
