/** @file When linear noise first takes a trajectory beyond a tolerance: the law of the exit time, by runs of the linear process itself. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { meanAndVariance, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { linearisation } from "../map/linearisation.js";
import { meanFieldMap } from "../map/mean-field-map.js";
import type { WindowState } from "../map/window-state.js";
import type { AttractorStarts } from "./attractor-starts.js";

export interface ExitOptions {
  /** Runs. */
  readonly runs: number;
  /** max_c |z_c| at which a run ends: tol sqrt N. */
  readonly level: number;
  /** Tokens after which a run is given up. */
  readonly limit: number;
}

/** The law of a first passage, from runs. */
export interface ExitLaw {
  /** Exit times in tokens, ascending; those given up are at the limit. */
  readonly times: Float64Array;
  readonly mean: number;
  /** Standard error of the mean by the number of runs. */
  readonly standardError: number;
  readonly standardDeviation: number;
  /** Share of runs that were given up. */
  readonly censored: number;
  /** Quantiles: an integer at two probabilities is an atom. */
  readonly table: { readonly probabilities: readonly number[]; readonly quantiles: readonly number[] };
}

/**
 * First token at which max_c |z_c| > level for the linear noise z' = F z + xi, <xi_c^2> = sech^2(beta h_c)/w_c, along the limit from starts on its attractor
 * [eq:one-bit-exit]. Neither N nor the tolerance enters but by the level tol sqrt N.
 *
 * Run i is a function of the key and i alone.
 *
 * @throws DomainError if an option is out of its range
 */
export function linearExitLaw(network: AttentionNetwork, starts: AttractorStarts, keyed: Key, { runs, level, limit }: ExitOptions): ExitLaw {
  requireInteger("runs", runs, { min: 2 });
  requirePositive("level", level);
  requireInteger("limit", limit, { min: 1 });
  const passage = linearPassage(network, starts.at(0));
  const times = new Float64Array(runs);
  let censored = 0;
  for (let i = 0; i < runs; i++) {
    const own = keyed.fold("run", i);
    const time = passage(starts.at(own.fold("start").stream().integer(starts.span)), own.fold("noise"), level, limit);
    if (time === undefined) censored += 1;
    times[i] = time ?? limit;
  }
  times.sort();
  const { mean, variance } = meanAndVariance(times);
  return { times, mean, standardError: Math.sqrt(variance / runs), standardDeviation: Math.sqrt(variance), censored: censored / runs, table: atoms(times) };
}

/** One run: the token of the first passage, or undefined if the limit comes before. */
function linearPassage(network: AttentionNetwork, any: WindowState): (start: WindowState, keyed: Key, level: number, limit: number) => number | undefined {
  const { features: { classes, weights }, contextLength } = network;
  const map = meanFieldMap(network, any);
  const linear = linearisation(map);
  const size = contextLength * classes;
  const z = new Float64Array(size);
  const next = new Float64Array(classes);
  const normal = new Float64Array(classes);
  return (start, keyed, level, limit) => {
    const stream = keyed.stream();
    map.start(start);
    z.fill(0);
    for (let t = 1; t <= limit; t++) {
      map.window.fields(map.fields);
      linear.renew();
      stream.fillNormal(normal);
      let largest = 0;
      for (let c = 0; c < classes; c++) {
        let sum = normal[c]! * Math.sqrt(linear.slopes[c]! / weights[c]!);
        for (let i = 0; i < size; i++) sum += linear.jacobian[c * size + i]! * z[i]!;
        next[c] = sum;
        largest = Math.max(largest, Math.abs(sum));
      }
      if (largest > level) return t;
      map.settle();
      const at = map.window.slot(0) * classes;
      for (let c = 0; c < classes; c++) z[at + c] = next[c]!;
    }
    return undefined;
  };
}

/** The distribution function of ascending integers as a table in which each is an atom. */
function atoms(times: Float64Array): ExitLaw["table"] {
  const probabilities: number[] = [];
  const quantiles: number[] = [];
  for (let from = 0; from < times.length; ) {
    let until = from;
    while (until < times.length && times[until] === times[from]) until += 1;
    probabilities.push(from / times.length, until / times.length);
    quantiles.push(times[from]!, times[from]!);
    from = until;
  }
  return { probabilities, quantiles };
}
