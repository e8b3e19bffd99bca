/** @file Memory of small fluctuations about a periodic orbit: what the tangent map still knows of them some lag later. */
import { linearNoise, orbitFluctuations, periodicOrbit, tangentMap, type WindowState } from "@mesoscope/dmft/hopfield";
import { overlapRows, type AttentionNetwork } from "@mesoscope/hopfield-transformer";

const ORBIT_TOLERANCE = 1e-12;

/**
 * Autocorrelation of m^o_1 under linear noise about a stable orbit, [eq:overlap-memory]: P F^lag S P^T, with the stationary covariance S of the window, summed over the
 * phases. It does not depend on N. Undefined where no stable orbit of this period is near.
 */
export function linearMemory(network: AttentionNetwork, near: WindowState, period: number, lags: readonly number[]): Float64Array | undefined {
  const orbit = periodicOrbit(network, near, period, { tolerance: ORBIT_TOLERANCE });
  if (orbit.outcome.kind !== "converged" || !orbit.stable) return undefined;
  const { features: { classes } } = network;
  const size = orbit.window.u.length;
  const row = overlapRows(network.features).subarray(0, classes);
  const project = (window: Float64Array): number => row.reduce((sum, weight, c) => sum + weight * window[c]!, 0);
  const noise = linearNoise(network, orbit.window, { shift: false });
  noise.place(orbitFluctuations(network, orbit).window, new Float64Array(size));
  const products = new Float64Array(lags.length);
  let variance = 0;
  for (let phase = 0; phase < period; phase++) {
    noise.step();
    const { covariance } = noise.ordered();
    const now = Float64Array.from({ length: size }, (_, i) => project(covariance.subarray(i * size, i * size + classes)));
    variance += project(now);
    carried(network, noise.map.state(), now, lags).forEach((later, i) => (products[i]! += project(later)));
  }
  return products.map((product) => product / variance);
}

/** A perturbation of the window, at each lag. */
function carried(network: AttentionNetwork, from: WindowState, perturbation: Float64Array, lags: readonly number[]): readonly Float64Array[] {
  const tangent = tangentMap(network, from, { count: 1 });
  tangent.place(0, perturbation);
  let token = 0;
  return lags.map((lag) => {
    for (; token < lag; token++) tangent.step();
    return tangent.ordered(0, new Float64Array(perturbation.length));
  });
}
