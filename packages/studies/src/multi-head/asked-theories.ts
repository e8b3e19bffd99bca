import type { Pair, Parameters } from "@mesoscope/contracts";

/** A pair that is asked at one set of parameters, with some of its theories: what they have worked out is kept, and the others are not worked out. */
export function askedTheories(pair: Pair, parameters: Parameters, ids: readonly string[]): Pair {
  const instance = pair.at(parameters);
  const own = { ...instance, theories: instance.theories.filter(({ id }) => ids.includes(id)) };
  return { ...pair, at: () => own };
}
