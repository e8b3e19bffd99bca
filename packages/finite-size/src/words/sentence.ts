/** @file Parts of sentences: capitals, full stops, lists, sizes and times. */
import { formatNumber } from "../format.js";

/** With a capital and one full stop. */
export function asSentence(text: string): string {
  return capital(text.trim().replace(/[.\s]*$/, "."));
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a", "a and b", "a, b and c" */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)!}`;
}

/** A size that was fitted, to three digits: "134", "2670". */
export function sizeInWords(n: number): string {
  return n >= 1e6 ? formatNumber(n) : String(Number(n.toPrecision(3)));
}

/** "134 [127, 141]"; an end that nothing bounds is open: "610 [540, ∞)", "19.4 (…, 20.1]". */
export function sizeWithInterval(value: number, [low, high]: readonly [number | null, number | null]): string {
  return `${sizeInWords(value)} ${low === null ? "(…" : `[${sizeInWords(low)}`}, ${high === null ? "∞)" : `${sizeInWords(high)}]`}`;
}
