/** @file The prose of a source. */

/** Everything but comments blanked out. Good enough for prose: a `//` inside a string only lets more through. */
export function commentsOf(source) {
  const kept = source.replaceAll(/[^\n]/g, " ").split("");
  for (const match of source.matchAll(/\/\*[\s\S]*?\*\/|(?<![:\w"'`])\/\/[^\n]*/g)) {
    for (let i = 0; i < match[0].length; i++) kept[match.index + i] = match[0][i];
  }
  return kept.join("");
}
