/** @file The orbit that the positions force, followed in beta: its multipliers, and where it loses its stability. */
import { followOrbit, meanFieldMap, oneBitNetwork, periodicOrbit, tokenStart, type Bifurcation } from "@mesoscope/dmft/hopfield";
import { isConverged, log } from "@mesoscope/numerics";

export interface ForcedBranch {
  /** Tokens after which the positions repeat. */
  readonly period: number;
  /** The largest exponent of the orbit, attracting or not, by ascending beta. */
  readonly path: readonly { readonly beta: number; readonly exponent: number }[];
  readonly bifurcations: readonly Bifurcation[];
  /** The first of them on the way up, where stability is lost. */
  readonly first: Bifurcation | undefined;
}

/** Where the branch is taken up: there the map contracts so strongly that every start comes to it. */
const BEGIN = 0.2;
const SETTLING = 5000;
const STEP = 0.02;
const TOLERANCE = 1e-12;

/**
 * Follows the orbit of period 2^P from a low beta to the upper end of the diagram.
 * @param most bifurcations after which it stops; all unless given
 */
export function forcedBranch({ gamma, high }: { readonly gamma: number; readonly high: number }, most?: number): ForcedBranch {
  const network = oneBitNetwork("paper3", { beta: BEGIN, gamma });
  const period = 2 ** network.features.positionalBits;
  const nothing = { period, path: [], bifurcations: [], first: undefined };
  if (high <= BEGIN) return nothing;
  const map = meanFieldMap(network, tokenStart(network));
  map.run(SETTLING);
  const orbit = periodicOrbit(network, map.state(), period, { tolerance: TOLERANCE });
  if (!isConverged(orbit.outcome)) return nothing;
  const { path, bifurcations } = followOrbit(network, orbit, { to: high, step: STEP, tolerance: TOLERANCE, ...(most === undefined ? {} : { most }) });
  return {
    period,
    path: path.flatMap(({ beta, modulus }) => (modulus > 0 ? [{ beta, exponent: log(modulus) / period }] : [])),
    bifurcations,
    first: bifurcations.find(({ destabilising }) => destabilising),
  };
}
