/** @file Regimes in words. */
import { formatNumber } from "@mesoscope/finite-size";
import type { MeasuredExponent, SettledRow } from "./settled-points.js";

/** "period 28", "chaos", "quasi-periodic". */
export function regimeInWords({ regime, period }: Pick<SettledRow, "regime" | "period">): string {
  if (regime === "periodic") return `period ${period}`;
  return regime === "fixed-point" ? "fixed point" : regime;
}

/** The regimes of several trajectories, each once; those of one name are told apart by an exponent. */
export function regimesTogether(rows: readonly SettledRow[]): string {
  const words = rows.map(regimeInWords);
  const told = rows.map((row, i) => {
    const isTorus = row.regime === "quasi-periodic" || row.regime === "undecided";
    if (words.filter((one) => one === words[i]).length === 1 && (!isTorus || rows.length === 1)) return words[i]!;
    const which = isTorus && row.exponents[1] !== undefined ? 1 : 0;
    return `${words[i]!} with λ${"₁₂"[which]!} = ${formatNumber(row.exponents[which]!.value)}`;
  });
  return [...new Set(told)].join(" and ");
}

/** Why a regime was told, in one clause. */
export function regimeReason({ regime, period, exponents }: SettledRow, zero: number): string {
  const [first, second] = exponents;
  const told = `λ₁ = ${exponentInWords(first!)}`;
  const border = formatNumber(zero);
  if (regime === "periodic" || regime === "fixed-point") return `${told} is below −${border} by three standard errors, and the overlaps return after ${period} tokens`;
  if (regime === "quasi-periodic") return `${told} is within ${border} of zero by three standard errors, and nothing returns`;
  if (regime === "chaos") return `${told} is above ${border} by three standard errors`;
  if (regime === "hyperchaos") return `${told} and λ₂ = ${exponentInWords(second!)} are above ${border} by three standard errors`;
  return `${told} is not on one side of the borders ±${border} by three standard errors${period > 0 ? `, though the overlaps return after ${period} tokens` : ", or it contracts and no period was found"}`;
}

/** "0.1443 ± 0.0012", or that it is below a bound. */
export function exponentInWords({ value, error, resolved }: MeasuredExponent): string {
  if (!resolved) return value < -700 ? "minus infinity" : `below ${formatNumber(value)}`;
  return `${formatNumber(value, 4)} ± ${formatNumber(error, 2)}`;
}
