/** @file What tells one attractor from another: a periodic orbit by its points, any other by the moments of its overlaps. */
import { requireInteger } from "@mesoscope/numerics";
import { blockMean } from "../lyapunov/block-statistics.js";
import type { BlockMean } from "../lyapunov/block-statistics.js";
import type { MeanFieldMap } from "../map/mean-field-map.js";
import { forcingPeriod } from "../map/window-state.js";
import { findPeriod } from "../regimes/period.js";
import type { PeriodOptions } from "../regimes/period.js";

export interface FingerprintOptions {
  readonly period: PeriodOptions;
  /** Tokens over which moments are taken, where nothing returns; a multiple of 20. */
  readonly momentTokens: number;
  /** Greatest distance of two periodic orbits that are one. */
  readonly orbitCloseness: number;
  /** Moments that differ by less are one attractor: an absolute allowance beside `margin` standard errors. */
  readonly momentCloseness: number;
  readonly margin: number;
  /** Count u and -u as one attractor: for networks without positions, whose map is odd. */
  readonly upToSign: boolean;
}

export type Fingerprint =
  | {
      readonly kind: "periodic";
      readonly period: number;
      /** u along the orbit (period, C); its first token has an index that is a multiple of 2^P. */
      readonly orbit: Float64Array;
      readonly classes: number;
      readonly forcing: number;
    }
  | {
      readonly kind: "aperiodic";
      /** Mean of m^o_a, M of them, then of (m^o_a)^2, with standard errors of 20 blocks. */
      readonly moments: readonly BlockMean[];
    };

const BLOCKS = 20;

/**
 * The fingerprint of the attractor that a map has settled on; runs it on.
 * @throws DomainError if an option is out of its range
 */
export function fingerprintOf(map: MeanFieldMap, options: FingerprintOptions): Fingerprint {
  const found = findPeriod(map, options.period);
  const forcing = forcingPeriod(map.network);
  if (found === undefined) return { kind: "aperiodic", moments: momentsOf(map, options.momentTokens) };
  const classes = map.u.length;
  const first = ((-found.t % forcing) + forcing) % forcing;
  const orbit = found.orbit.map((_, i) => found.orbit[(i + first * classes) % found.orbit.length]!);
  return { kind: "periodic", period: found.period, orbit, classes, forcing };
}

/** Whether two fingerprints belong to one attractor. */
export function isSameAttractor(a: Fingerprint, b: Fingerprint, options: FingerprintOptions): boolean {
  if (a.kind === "periodic" && b.kind === "periodic") {
    return a.period === b.period && (isSameOrbit(a, b, 1, options) || (options.upToSign && isSameOrbit(a, b, -1, options)));
  }
  if (a.kind === "periodic" || b.kind === "periodic") return false;
  const means = a.moments.length / 2;
  const agree = (sign: number): boolean => a.moments.every((one, i) => isNear(one, b.moments[i]!, i < means ? sign : 1, options));
  return agree(1) || (options.upToSign && agree(-1));
}

function isSameOrbit(a: Fingerprint & { kind: "periodic" }, b: Fingerprint & { kind: "periodic" }, sign: number, { orbitCloseness }: FingerprintOptions): boolean {
  const length = a.orbit.length;
  for (let shift = 0; shift < length; shift += a.forcing * a.classes) {
    if (a.orbit.every((value, i) => Math.abs(value - sign * b.orbit[(i + shift) % length]!) <= orbitCloseness)) return true;
  }
  return false;
}

function isNear(a: BlockMean, b: BlockMean, sign: number, { momentCloseness, margin }: FingerprintOptions): boolean {
  const error = Math.sqrt(a.standardError * a.standardError + b.standardError * b.standardError);
  return Math.abs(a.value - sign * b.value) <= momentCloseness + margin * error;
}

function momentsOf(map: MeanFieldMap, tokens: number): BlockMean[] {
  requireInteger("momentTokens / 20", tokens / BLOCKS, { min: 1 }, "Give a multiple of 20 tokens.");
  const m = map.network.features.features;
  const sums = Array.from({ length: 2 * m }, () => new Float64Array(BLOCKS));
  const overlaps = new Float64Array(m);
  const length = tokens / BLOCKS;
  for (let block = 0; block < BLOCKS; block++) {
    for (let i = 0; i < length; i++) {
      map.step();
      map.overlaps(overlaps);
      for (let a = 0; a < m; a++) {
        sums[a]![block]! += overlaps[a]! / length;
        sums[m + a]![block]! += (overlaps[a]! * overlaps[a]!) / length;
      }
    }
  }
  return sums.map((values) => blockMean(BLOCKS, (block) => values[block]!));
}
