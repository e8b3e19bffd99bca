/** @file Powers and amplitudes in words. */
import { formatNumber, formatWithInterval, type AxisExponent } from "@mesoscope/finite-size";
import type { Amplitude, SizeLaws } from "./laws.js";

/** "0.98 [0.91, 1.05]", or why there is none. */
export function powerInWords(exponent: AxisExponent): string {
  if (exponent.kind === "fitted") return openInterval(exponent.value, exponent.interval);
  return exponent.kind === "given" ? `${formatNumber(exponent.value)} (given)` : exponent.kind === "absent" ? "none" : `not resolved: ${exponent.reason}`;
}

function openInterval(value: number, [low, high]: readonly [number | null, number | null]): string {
  if (low !== null && high !== null) return formatWithInterval(value, [low, high]);
  return `${formatNumber(value)} [${low === null ? "…" : formatNumber(low)}, ${high === null ? "…" : formatNumber(high)}]`;
}

/** "p = 0.98 [0.91, 1.05] and q = 1.02 [0.95, 1.10]" */
export function powersInWords({ variance }: SizeLaws): string {
  return typeof variance === "string" ? "no law could be fitted" : `p = ${powerInWords(variance.first)} and q = ${powerInWords(variance.second)}`;
}

export function amplitudeInWords(amplitude: Amplitude | undefined): string | null {
  return amplitude === undefined ? null : formatWithInterval(amplitude.value, amplitude.interval);
}

/** "0.34/N − 0.24/H" */
export function sumInWords(amplitudes: readonly number[], over: readonly string[]): string {
  return amplitudes.map((a, j) => `${j === 0 ? (a < 0 ? "−" : "") : a < 0 ? " − " : " + "}${formatNumber(Math.abs(a), 2)}/${over[j]!}`).join("");
}
