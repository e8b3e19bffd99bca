import { withoutDeception } from "../html.js";

export type Cell = string | number | null | undefined;

/** Labels stand in every row of their layer: one of 10 MB would make a file of gigabytes. The JSON has them whole. */
const longestCell = 1000;

/**
 * Rows as CSV (RFC 4180): CRLF ends, quotes where a comma, quote or line end needs them, UTF-8, a header first. Numbers are the
 * shortest decimals that read back to the same double; null is an empty cell.
 */
export function csvText(head: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines: string[] = [head.map(csvCell).join(",")];
  for (const row of rows) lines.push(row.map(csvCell).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** What spreadsheets take for the begin of a formula, also behind blanks and as full-width letters. */
const formula = /^(?:[\t\n]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

/** One cell. Text that a spreadsheet would run as a formula begins with an apostrophe, unless it is a number. */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const cut = value.length > longestCell ? `${value.slice(0, longestCell)}… (${value.length - longestCell} more characters)` : value;
  // Control characters (carriage returns, too) become U+FFFD first: a reader that drops them would find the formula behind.
  const text = withoutDeception(cut);
  const safe = formula.test(text) && !decimal.test(text) ? `'${text}` : text;
  return /[",;\t\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
