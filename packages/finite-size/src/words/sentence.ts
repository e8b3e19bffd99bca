/** @file Parts of sentences: capitals, full stops, lists, sizes and times. */
import { formatNumber, superscript } from "../format.js";

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

/** A size that was fitted, to three digits and no fraction from ten on: "2.4", "18", "2670", "7.29·10⁶". */
export function sizeInWords(n: number): string {
  if (n < 10) return formatNumber(n, 2);
  if (n < 1e6) return String(Math.round(Number(n.toPrecision(3))));
  const [digits, power] = n.toExponential(2).split("e+") as [string, string];
  return `${digits}·10${superscript(Number(power))}`;
}

/** "134 [127, 141]"; an end that nothing bounds is open: "610 [540, ∞)", "19 (…, 20]". */
export function sizeWithInterval(value: number, [low, high]: readonly [number | null, number | null]): string {
  return `${sizeInWords(value)} ${low === null ? "(…" : `[${sizeInWords(low)}`}, ${high === null ? "∞)" : `${sizeInWords(high)}]`}`;
}
