/** @file The answers of the study in words. */
import { formatNumber, formatWithInterval } from "@mesoscope/finite-size";
import type { LearningCase } from "./cases.js";
import type { LearningObservable, Power, RichnessPoint } from "./orders.js";

/** Up to which richness the descent in the own kernel tells the outputs at all smaller ones too, and from which on it fails. */
export function kernelRegime({ points }: LearningCase): { readonly until: number | undefined; readonly failsFrom: number | undefined } {
  const notHolding = points.findIndex(({ measured }) => measured?.own.outcome !== "holds");
  const until = notHolding < 0 ? points.at(-1) : points[notHolding - 1];
  const lastSound = points.findLastIndex(({ measured }) => measured?.own.outcome !== "fails");
  return { until: until?.gamma0, failsFrom: points[lastSound + 1]?.gamma0 };
}

/** "up to γ₀ = 0.25 (not from 0.5 on)" */
export function kernelRegimeInWords(one: LearningCase): string {
  const { until, failsFrom } = kernelRegime(one);
  const fails = failsFrom === undefined ? "" : ` (not from ${formatNumber(failsFrom)} on)`;
  return `${until === undefined ? "at no richness for sure" : `up to γ₀ = ${formatNumber(until)}`}${fails}`;
}

/** "0.98 [0.97, 0.99]" of a mean after the last step. */
export function meanInWords({ measured }: RichnessPoint, id: LearningObservable): string {
  if (measured === undefined) return "not measured";
  const { value, lower, upper } = measured.estimates[id];
  return formatWithInterval(value.at(-1)!, [lower.at(-1)!, upper.at(-1)!]);
}

export function powerInWords(power: Power | undefined): string {
  return power === undefined ? "no power told" : formatWithInterval(power.value, power.interval);
}
