/** @file Tables of Markdown. */

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows as many cells as heads
 * @param {string} alignment a letter a column, "l" or "r"
 */
export function table(heads, rows, alignment) {
  for (const [at, row] of rows.entries()) {
    if (row.length !== heads.length) throw new RangeError(`table: row ${at} has ${row.length} cells; it must have ${heads.length}, one for each head`);
  }
  if (alignment.length !== heads.length) throw new RangeError(`table: ${alignment.length} alignments; there must be ${heads.length}, one for each head`);
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = `| ${[...alignment].map((letter) => (letter === "r" ? "---:" : "---")).join(" | ")} |`;
  return [line(heads), rule, ...rows.map(line)].join("\n");
}

/** Three digits: 0.732, 4.52, 20.9, 318. */
export function threeDigits(value) {
  const size = Math.abs(value);
  return value.toFixed(size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
}

/** A ratio as the tables show it: least over least, then median and quartiles of the blocks. */
export const ratioCell = ({ least, median, low, high }) => `${threeDigits(least)} (${threeDigits(median)}: ${threeDigits(low)}-${threeDigits(high)})`;
