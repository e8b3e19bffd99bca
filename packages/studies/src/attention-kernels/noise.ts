/** @file What of the variance over networks goes with the width of heads, and what only with their number. */
import { attentionKernelsPair } from "@mesoscope/dmft/transformer";
import type { Exponent } from "@mesoscope/finite-size";
import { modelParameters, type KernelCase } from "./cases.js";
import type { KernelStudyParameters } from "./settings.js";

/** Wide enough that nothing of 1/N is left. */
const ENDLESS = 1e12;

export interface WidthNoise {
  /** H Var H_11 at each width, with its interval, and by first orders. */
  readonly widths: readonly number[];
  readonly found: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly predicted: readonly number[];
  /** What it comes to for N -> inf, by first orders: 0 at alphaA = 1. */
  readonly left: number;
  /** Width at which the heads' own share is half of it; undefined where there is none. */
  readonly crossover: number | undefined;
  /** Power of N in the spread, over all widths. */
  readonly exponent: Exponent | undefined;
}

/** H Var H_11 along N [eq:attention-cumulants]. */
export async function widthNoise(one: KernelCase, settings: KernelStudyParameters): Promise<WidthNoise> {
  const { alongWidth } = one;
  const { heads } = settings;
  const corrected = attentionKernelsPair().at(modelParameters(one, settings)).theories.find(({ id }) => id === "corrected")!;
  const varianceAt = async (N: number): Promise<number> => {
    const spread = (await corrected.predict({ N, H: heads }, {})).find(({ observable }) => observable === "square")!.spread![0]!;
    return heads * spread * spread;
  };
  const widths = alongWidth.sizes.map(({ n }) => n);
  const spreads = alongWidth.sizes.map(({ estimates }) => estimates["square"]!.spread);
  const predicted: number[] = [];
  for (const N of widths) predicted.push(await varianceAt(N));
  const left = one.alphaA === 1 ? 0 : await varianceAt(ENDLESS);
  const last = widths.at(-1)!;
  return {
    widths,
    found: spreads.map(({ value }) => heads * value[0]! * value[0]!),
    lower: spreads.map(({ lower }) => heads * lower[0]! * lower[0]!),
    upper: spreads.map(({ upper }) => heads * upper[0]! * upper[0]!),
    predicted,
    left,
    crossover: left === 0 ? undefined : (last * (predicted.at(-1)! - left)) / left,
    exponent: alongWidth.spreadExponents["square"],
  };
}
