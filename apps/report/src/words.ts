/** @file Words as people type and terminals show them. */

/** The names nearest to a mistyped one, best first, at most three; none if nothing is near. */
export function nearNames(typed: string, names: readonly string[]): readonly string[] {
  const lower = typed.slice(0, 80).toLowerCase();
  return names
    .map((name) => ({ name, distance: name.toLowerCase().startsWith(lower) && lower.length > 1 ? 0.5 : editDistance(lower, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** "Did you mean x or y? " or all there is to choose from. */
export function suggestion(typed: string, names: readonly string[]): string {
  const near = nearNames(typed, names);
  if (near.length > 0) return `Did you mean ${near.join(" or ")}?`;
  return names.length === 0 ? "There is none." : `There ${names.length === 1 ? "is" : "are"} ${names.join(", ")}.`;
}

/** Levenshtein's distance: fewest letters to insert, drop or change. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

/** A value as it is named in a message: short, on one line, numbers beyond the largest called Infinity. */
export function showValue(value: unknown): string {
  const text = typeof value === "number" ? String(value) : value === undefined ? "nothing" : JSON.stringify(value, nameInfinity);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function nameInfinity(_name: string, entry: unknown): unknown {
  return typeof entry === "number" && !Number.isFinite(entry) ? String(entry) : entry;
}

/** Text for a terminal: control characters, which could move its cursor or change its title, become U+FFFD. */
export function forTerminal(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "\uFFFD");
}
