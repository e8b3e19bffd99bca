import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { tangentMap } from "../map/tangent-map.js";

/** The q-token map at one window. */
export interface ReturnImage {
  /** The window q tokens later (L C), newest first. */
  readonly end: Float64Array;
  /** d end / d U (L C, L C), row-major. */
  readonly monodromy: Float64Array;
  /** d end / d beta (L C). */
  readonly alongBeta: Float64Array;
  /** u of the q tokens in between (q, C), oldest first. */
  readonly orbit: Float64Array;
}

/**
 * The map that makes q tokens from a full window at time t, with its derivatives: the monodromy is F_q ... F_1.
 *
 * @returns a function of the window (L C), newest first
 */
export function returnMap(network: AttentionNetwork, t: number, period: number, size: number): (u: Float64Array) => ReturnImage {
  const classes = network.features.classes;
  return (u) => {
    const tangent = tangentMap(network, { u, t }, { count: size + 1, alongBeta: true });
    const column = new Float64Array(size);
    for (let v = 0; v < size; v++) {
      column.fill(0);
      column[v] = 1;
      tangent.place(v, column);
    }
    const orbit = new Float64Array(period * classes);
    for (let i = 0; i < period; i++) {
      tangent.step();
      orbit.set(tangent.map.u, i * classes);
    }
    const monodromy = new Float64Array(size * size);
    for (let v = 0; v < size; v++) {
      tangent.ordered(v, column);
      for (let i = 0; i < size; i++) monodromy[i * size + v] = column[i]!;
    }
    return { end: tangent.map.state().u, monodromy, alongBeta: tangent.ordered(size, new Float64Array(size)), orbit };
  };
}
