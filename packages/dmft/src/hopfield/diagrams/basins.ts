/** @file Coexistence: how many attractors random starts find, and how large a basin they may all have missed. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { exp, log, requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { meanFieldMap } from "../map/mean-field-map.js";
import type { WindowState } from "../map/window-state.js";
import { fingerprintOf, isSameAttractor } from "./fingerprint.js";
import type { Fingerprint, FingerprintOptions } from "./fingerprint.js";

export interface BasinOptions extends FingerprintOptions {
  /** Number of random starts. */
  readonly starts: number;
  /** Start windows are uniform in [-radius, radius], 0 < radius <= 1. */
  readonly radius: number;
  /** Tokens before a trajectory counts as settled. */
  readonly burnIn: number;
  /** Level of the statement about missed basins, 0.95 for the usual one. */
  readonly level: number;
}

/** One attractor and the starts that found it. */
export interface FoundAttractor {
  readonly fingerprint: Fingerprint;
  /** Numbers of the starts, ascending. */
  readonly starts: readonly number[];
}

export interface Basins {
  /** By descending number of starts, then by the first start. */
  readonly attractors: readonly FoundAttractor[];
  readonly starts: number;
  /** At the level, a basin that no start hit has less than this share of the start windows: 1 - (1 - level)^(1/starts). */
  readonly missedBasinBelow: number;
  readonly level: number;
}

/**
 * Attractors found from random windows. Start i is a function of the key and i alone.
 *
 * @param keyed key of the random starts: `key(seed).fold("basins")`
 * @throws DomainError if an option is out of its range
 */
export function basins(network: AttentionNetwork, keyed: Key, options: BasinOptions): Basins {
  const starts = requireInteger("starts", options.starts, { min: 1 });
  const found: { fingerprint: Fingerprint; starts: number[] }[] = [];
  for (let i = 0; i < starts; i++) {
    const fingerprint = attractorFrom(network, randomStart(network, keyed, i, options.radius), options);
    const known = found.find((one) => isSameAttractor(one.fingerprint, fingerprint, options));
    if (known === undefined) found.push({ fingerprint, starts: [i] });
    else known.starts.push(i);
  }
  found.sort((a, b) => b.starts.length - a.starts.length || a.starts[0]! - b.starts[0]!);
  return { attractors: found, starts, missedBasinBelow: missedBasinShare(starts, options.level), level: options.level };
}

/** Where one start settles: the part of {@link basins} that a worker does. */
export function attractorFrom(network: AttentionNetwork, start: WindowState, options: BasinOptions): Fingerprint {
  const map = meanFieldMap(network, start);
  map.run(requireInteger("burnIn", options.burnIn, { min: 0 }));
  return fingerprintOf(map, options);
}

/**
 * Random window number i of a key: L tokens, uniform in [-radius, radius], the newest with index L - 1.
 * @throws DomainError unless 0 < radius <= 1
 */
export function randomStart({ features, contextLength }: AttentionNetwork, keyed: Key, i: number, radius: number): WindowState {
  requirePositive("radius", requireInRange("radius", radius, { max: 1 }));
  const u = keyed.fold(i).stream().fillUniform(new Float64Array(contextLength * features.classes));
  return { u: u.map((x) => radius * (2 * x - 1)), t: contextLength - 1 };
}

/**
 * The share of start windows below which, at a level, every basin lies that n independent starts have missed: (1 - share)^n = 1 - level. 26 starts exclude basins above 11 %
 * at 95 %, no smaller ones.
 *
 * @throws DomainError unless starts >= 1 and 0 < level < 1
 */
export function missedBasinShare(starts: number, level: number): number {
  requireInteger("starts", starts, { min: 1 });
  requirePositive("level", level);
  requirePositive("1 - level", 1 - level);
  return 1 - exp(log(1 - level) / starts);
}
