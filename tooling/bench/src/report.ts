/** A table as Markdown, so that it can stand in the documentation as it was printed. */
export function printTable(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = heads.map((head, index) => Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(" | ")} |`;
  console.log(`${title}\n`);
  for (const row of [heads, widths.map((width) => "-".repeat(width)), ...rows]) console.log(line(row));
  console.log();
}
