import type { Pair } from "@mesoscope/contracts";
import { oneBitContinuationPair, oneBitDiagramPair } from "@mesoscope/dmft/hopfield";
import type { Backend } from "@mesoscope/kernels";
import { circleEmergencePair, circleFieldPair, tokenGrowthPair } from "@mesoscope/mean-field-pde";

/** Every pair that the bundled studies use, by id, computing on one backend: what a worker needs to run any of their cells. */
export function bundledPairs(options: { readonly backend: Backend }): Readonly<Record<string, Pair>> {
  const pairs = [circleEmergencePair(options), circleFieldPair(options), tokenGrowthPair(options), oneBitDiagramPair(), oneBitContinuationPair()];
  return Object.fromEntries(pairs.map((pair) => [pair.id, pair]));
}
