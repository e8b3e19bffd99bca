import { exp, log } from "@mesoscope/numerics";
import { logFunkHecke } from "@mesoscope/sphere";
import { dominantDegree, competingDegrees } from "../linear/dominant-degree.js";
import { type LinearModel } from "../linear/flow.js";
import { modeSelection } from "./first-departure.js";

/** A number that says how far a law may be trusted: inside its assumptions below `threshold`. The shape is that of a meter of a pair. */
export interface ValidityMeter {
  readonly symbol: string;
  readonly meaning: string;
  readonly value: number;
  readonly threshold: number;
}

/** Where and how a law is asked: n tokens, threshold r. */
export interface LawSetting extends LinearModel {
  readonly n: number;
  readonly r: number;
}

/** e^beta / (n c_0): weight of a token's own term against the mean field. SA grows more slowly by 1/(1 + this). */
export function selfAttentionMeter({ flow, beta, d, n }: LinearModel & { readonly n: number }): ValidityMeter {
  const value = flow === "USA" ? 1 / n : exp(beta - logFunkHecke(0, d, beta)) / n;
  return { symbol: "e^β/(n c₀)", meaning: "weight of a token's own term against the mean field", value, threshold: 0.05 };
}

/** beta / ln n: selection of one mode needs ln n >> beta. */
export function selectionMeter({ beta, n }: { readonly beta: number; readonly n: number }): ValidityMeter {
  return { symbol: "β/ln n", meaning: "a single mode is selected only if ln n is much larger than β", value: n === 1 ? Infinity : Math.abs(beta) / log(n), threshold: 0.2 };
}

/** 1/(n r^2): the mode must have something to grow through. */
export function thresholdMeter({ n, r }: { readonly n: number; readonly r: number }): ValidityMeter {
  return { symbol: "1/(n r²)", meaning: "initial power over the power of the threshold", value: 1 / (n * r * r), threshold: 0.1 };
}

/** Probability that another mode than k_max departs first: the single-mode law has no word for it. */
export function rivalMeter(setting: LawSetting): ValidityMeter {
  const { k } = dominantDegree(setting.beta, setting.d);
  const modes = competingDegrees(setting.beta, setting.d);
  const selected = modeSelection({ ...setting, modes }).find((selection) => selection.k === k);
  return { symbol: "1 − P(k_max first)", meaning: "probability that another mode departs first", value: Math.max(0, 1 - (selected?.probability ?? 0)), threshold: 0.02 };
}

/** All meters of the single-mode law. */
export function singleModeMeters(setting: LawSetting): readonly ValidityMeter[] {
  return [rivalMeter(setting), selfAttentionMeter(setting), selectionMeter(setting), thresholdMeter(setting)];
}

/** The meters of the race of independent modes: rivals are part of it. */
export function raceMeters(setting: LawSetting): readonly ValidityMeter[] {
  return [selfAttentionMeter(setting), thresholdMeter(setting)];
}
