import Table from "cli-table3";

const noLinesBetweenRows = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

/**
 * A table for a terminal of `width` columns: the columns named in `flexible` share what is left and wrap their words.
 * Cells may hold colours of ours; texts of records go through `forTerminal` before.
 */
export function terminalTable(head: readonly string[], rows: readonly (readonly string[])[], flexible: readonly number[], width: number): string {
  const widest = head.map((title, column) => Math.max(title.length, ...rows.map((row) => visibleLength(row[column] ?? ""))) + 2);
  const taken = widest.reduce((sum, w, column) => sum + (flexible.includes(column) ? 0 : w), 0);
  const share = Math.max(14, Math.floor((width - taken - head.length - 1) / Math.max(1, flexible.length)));
  const table = new Table({
    head: [...head],
    colWidths: widest.map((w, column) => (flexible.includes(column) ? Math.min(w, share) : w)),
    wordWrap: true,
    style: { head: [], border: [] },
    chars: rows.some((row) => flexible.some((column) => visibleLength(row[column] ?? "") + 2 > share)) ? {} : noLinesBetweenRows,
  });
  table.push(...rows.map((row) => [...row]));
  return `${table.toString()}\n`;
}

function visibleLength(text: string): number {
  // eslint-disable-next-line no-control-regex -- colours are escape sequences
  return text.replace(/\u001B\[[0-9;]*m/g, "").length;
}
