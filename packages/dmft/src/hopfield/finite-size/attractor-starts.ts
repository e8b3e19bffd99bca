import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { requireInteger } from "@mesoscope/numerics";
import { meanFieldMap } from "../map/mean-field-map.js";
import type { WindowState } from "../map/window-state.js";

/** Windows along a trajectory that has settled: a draw of one is a draw from the attractor. */
export interface AttractorStarts {
  /** How many. */
  readonly span: number;
  /** Window i of `span`, i tokens after the first. */
  readonly at: (i: number) => WindowState;
}

export interface AttractorOptions {
  /** Tokens before the first window; never fewer than fill one. */
  readonly burnIn: number;
  /** Windows, one a token; a multiple of 2^P, so that all phases are equally frequent. */
  readonly span: number;
}

/**
 * The windows of `span` successive tokens after a burn-in.
 * @throws DomainError if an option is out of its range, or the start does not belong to the network
 */
export function attractorStarts(network: AttentionNetwork, start: WindowState, { burnIn, span }: AttractorOptions): AttractorStarts {
  requireInteger("burnIn", burnIn, { min: 0 });
  requireInteger("span", span, { min: 1 });
  const { features: { classes }, contextLength } = network;
  const map = meanFieldMap(network, start);
  map.run(Math.max(burnIn, contextLength));
  const first = map.window.time;
  // Oldest first: the window before token L of this list is its first L rows.
  const history = new Float64Array((span + contextLength - 1) * classes);
  const { u } = map.state();
  for (let d = 0; d < contextLength; d++) history.set(u.subarray((contextLength - 1 - d) * classes, (contextLength - d) * classes), d * classes);
  for (let i = contextLength; i < span + contextLength - 1; i++) {
    map.step();
    history.set(map.u, i * classes);
  }
  return {
    span,
    at: (i) => {
      requireInteger("i", i, { min: 0, max: span - 1 });
      const out = new Float64Array(contextLength * classes);
      for (let d = 0; d < contextLength; d++) {
        const row = i + contextLength - 1 - d;
        out.set(history.subarray(row * classes, (row + 1) * classes), d * classes);
      }
      return { u: out, t: first + i };
    },
  };
}
