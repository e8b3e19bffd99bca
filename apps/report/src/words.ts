/** @file Words as people type and terminals show them. */
import { withoutDeception } from "./page/html.js";

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

/** Text for a terminal: what could move its cursor, change its title or turn the direction of writing becomes U+FFFD, as on the page. */
export function forTerminal(text: string): string {
  return withoutDeception(text);
}

/** Text of a record, which may be of any length, for a cell or a line of a terminal. */
export function forCell(text: string): string {
  return forTerminal(text.length > 160 ? `${text.slice(0, 157)}...` : text);
}
