/** @file Has a law one mode or more? */
import { DomainError, requireInRange, requireInteger } from "@mesoscope/numerics";
import { inCanonicalOrder } from "../statistics/canonical-order.js";
import type { Resampling } from "../statistics/summary.js";
import { dip } from "./dip.js";
import { randomisationTest } from "./randomisation.js";
import { twoModes, type TwoModes } from "./two-modes.js";

export interface BimodalityOptions extends Resampling {
  /** Chance to say "multimodal" of a law with one mode. */
  readonly level: number;
  /**
   * Distance of neighbouring values of a discrete observable (2 / N for a magnetisation of N spins), or 0 for a continuous one. Each
   * sample then stands for the step around it: steps are no modes.
   */
  readonly step: number;
  /** Share of the replicas below which a mode is taken for outliers when the two modes are read off, for example 0.05. */
  readonly leastWeight: number;
}

/** Plain JSON. */
export interface Bimodality {
  /** "unimodal" if no second mode is seen at the level: with few replicas that is little evidence. */
  readonly outcome: "unimodal" | "multimodal";
  readonly because: string;
  /** Hartigan's dip of the samples: 0 to 1/4, which two far modes of equal weight have. */
  readonly dip: number;
  /** Mean dip of as many samples of the uniform law. */
  readonly expected: number;
  /** P(this dip or a larger one | the uniform law). */
  readonly goodness: number;
  readonly level: number;
  readonly replicas: number;
  /** The two heaviest modes where the law is multimodal; absent if they cannot be told apart. */
  readonly modes?: TwoModes;
}

/** A continuous law repeats no value; one that repeats this share of them has a step that was not told. */
const MOST_REPEATED = 0.5;

/**
 * Test of one mode by Hartigan's dip, [eq:dip], against samples of the uniform law: of all laws with one mode it has the largest dips
 * in the limit of many samples (Hartigan, Hartigan 1985), so that the level holds for any of them, and less is found than could be near a peaked law.
 * It sees antimodes (a valley between two hills), not shoulders. Two modes are then read off a density, [eq:critical-bandwidth].
 *
 * On a lattice the samples at one value are spread evenly over the step around it before the dip is taken, so that a histogram with one hill has
 * the dip of one hill; without that every lattice would have many modes once there are enough replicas.
 * @param samples (R)
 * @throws DomainError for fewer than 4 samples, fewer than 99 resamples, or a step of 0 where most samples repeat a value
 */
export function bimodality(samples: Float64Array, options: BimodalityOptions): Bimodality {
  const { resamples, stream, level, step, leastWeight } = options;
  const replicas = requireInteger("samples.length", samples.length, { min: 4 }, "Give at least 4 samples; 50 say something.");
  requireInteger("resamples", resamples, { min: 99 }, "Give at least 99; 2,000 is usual.");
  requireInRange("level", level, { min: 1 / (1 + resamples), max: 0.5 }, "Give for example 0.05, and at least 1 / (1 + resamples).");
  requireInRange("leastWeight", leastWeight, { min: 1e-6, max: 0.5 }, "Give for example 0.05.");
  requireInRange("step", step, { min: 0, max: Number.MAX_VALUE }, "Give the distance of neighbouring values, or 0 for a continuous observable.");
  const sorted = inCanonicalOrder(samples, 1);
  if (step === 0) refuseLattice(sorted);
  const value = dip(step > 0 ? spreadOverSteps(sorted, step) : sorted).value;
  const uniform = new Float64Array(replicas);
  const { expected, goodness } = randomisationTest(value, resamples, () => dip(stream.fillUniform(uniform).sort()).value);
  const found = { dip: value, expected, goodness, level, replicas };
  if (goodness > level) return { outcome: "unimodal", because: "No second mode is seen: samples of one mode have so large a dip with a probability above the level.", ...found };
  const because = "More than one mode: samples of one mode have so large a dip with a probability of at most the level";
  const modes = twoModes(sorted, step, leastWeight);
  if (modes === undefined) return { outcome: "multimodal", because: `${because}. No bandwidth shows exactly two of them.`, ...found };
  return { outcome: "multimodal", because: `${because}. Two modes were read off a density.`, ...found, modes };
}

function refuseLattice(sorted: Float64Array): void {
  const repeated = sorted.reduce((count, x, i) => count + (x === sorted[i - 1] || x === sorted[i + 1] ? 1 : 0), 0);
  if (repeated <= MOST_REPEATED * sorted.length) return;
  throw new DomainError({
    name: "step",
    value: 0,
    rule: `must be positive where most samples repeat a value (${repeated} of ${sorted.length} do)`,
    remedy: "Give the distance of neighbouring values of the observable, such as 2 / N for a magnetisation.",
  });
}

/** The samples of a step, spread evenly over it: sample i of m in the step about x goes to x + step ((i + 1/2) / m - 1/2). */
export function spreadOverSteps(sorted: Float64Array, step: number): Float64Array {
  const origin = sorted[0]!;
  const site = (x: number): number => Math.round((x - origin) / step);
  const out = new Float64Array(sorted.length);
  for (let first = 0; first < sorted.length; ) {
    const here = site(sorted[first]!);
    let end = first + 1;
    while (end < sorted.length && site(sorted[end]!) === here) end += 1;
    for (let i = first; i < end; i++) out[i] = origin + step * (here + (i - first + 0.5) / (end - first) - 0.5);
    first = end;
  }
  return out;
}
