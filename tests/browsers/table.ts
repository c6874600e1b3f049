/**
 * Rows below a header, in columns; numbers to the right.
 *
 * @example formatTable(["engine", "wrong"], [["Firefox", "0"]])
 */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_title, column) => Math.max(...lines.map((cells) => (cells[column] ?? "").length)));
  const isNumeric = header.map((_title, column) => rows.every((cells) => /^(\d+|–)$/.test(cells[column] ?? "")));
  const format = (cells: readonly string[]) =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? "";
        return isNumeric[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [format(header), rule, ...rows.map(format)].join("\n");
}
