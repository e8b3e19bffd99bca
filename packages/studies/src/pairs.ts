import type { Pair } from "@mesoscope/contracts";
import { oneBitContinuationPair, oneBitCriticalPair, oneBitDiagramPair, oneBitHorizonPair, oneBitPair } from "@mesoscope/dmft/hopfield";
import { attentionKernelsPair, attentionSaturationPair, coordinateMovementPair, featureLearningPair, headLogitsPair, headReadoutPair, oneBlockPair } from "@mesoscope/dmft/transformer";
import type { Backend } from "@mesoscope/kernels";
import { circleEmergencePair, circleFieldPair, tokenGrowthPair } from "@mesoscope/mean-field-pde";
import { oneBitMemoryPair } from "./one-bit-memory/pair.js";

/** Every pair that the bundled studies use, by id, computing on one backend: what a worker needs to run any of their cells. */
export function bundledPairs(options: { readonly backend: Backend }): Readonly<Record<string, Pair>> {
  const circle = [circleEmergencePair(options), circleFieldPair(options), tokenGrowthPair(options)];
  const oneBit = [oneBitDiagramPair(), oneBitContinuationPair(), oneBitPair(), oneBitHorizonPair(), oneBitCriticalPair(), oneBitMemoryPair()];
  const transformer = [attentionKernelsPair(options), headLogitsPair(options), headReadoutPair(options), oneBlockPair(options), featureLearningPair(options), coordinateMovementPair(options), attentionSaturationPair(options)];
  return Object.fromEntries([...circle, ...oneBit, ...transformer].map((pair) => [pair.id, pair]));
}
