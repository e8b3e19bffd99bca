/** @file Values of the definition for whole tasks, in real numbers. */
import type { Network } from "../network.js";
import type { Tokens } from "../tokens.js";
import type { Weights } from "../weights.js";
import { REAL } from "./arithmetic.js";
import type { Trace } from "./forward.js";
import { trace } from "./forward.js";

/** The traces of all inputs, by the definition: slow and plain. */
export function definedTraces(network: Network, weights: Weights, { inputs, tokens, features, x }: Tokens): readonly Trace<number>[] {
  return Array.from({ length: inputs }, (_, mu) =>
    trace(REAL, network, weights, Array.from({ length: tokens }, (__, s) => Array.from({ length: features }, (___, i) => x[(mu * tokens + s) * features + i]!))),
  );
}

/** f (P) of one network by the definition, not centred. */
export function definedOutputs(network: Network, weights: Weights, tokens: Tokens): Float64Array {
  return Float64Array.from(definedTraces(network, weights, tokens), ({ output }) => output);
}
