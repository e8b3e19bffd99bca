import type { Pair, Parameters } from "@mesoscope/contracts";

/** A pair that is asked at one set of parameters only, and prepares itself for them once: what its theories have worked out is kept. */
export function atOnce(pair: Pair, parameters: Parameters): Pair {
  const instance = pair.at(parameters);
  return { ...pair, at: () => instance };
}
