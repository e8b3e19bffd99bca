/** @file The truth of "adam-step". */
import type { AdamStepParameters } from "../array-parameters.js";

/** What an optimiser keeps of each parameter. */
export interface AdamState {
  /** The parameters (R, n). */
  readonly p: Float64Array;
  /** Mean of the gradients (R, n). */
  readonly m: Float64Array;
  /** Mean of their squares (R, n). */
  readonly v: Float64Array;
}

/**
 * m' = beta1 m + (1 - beta1) g,  v' = beta2 v + (1 - beta2) g^2,  p' = p - rate c1 m' / (sqrt(c2 v') + epsilon).
 * D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
 *
 * @param g     gradients (R, n)
 * @param rates (rate, c1, c2) of each replica (R, 3), c1 = 1 / (1 - beta1^t), c2 = 1 / (1 - beta2^t)
 * @param out   may be `from`
 */
export function adamStep(from: AdamState, g: Float64Array, rates: Float64Array, { batch, n, beta1, beta2, epsilon }: AdamStepParameters, out: AdamState): void {
  for (let replica = 0; replica < batch; replica += 1) {
    const rate = rates[3 * replica]!;
    const c1 = rates[3 * replica + 1]!;
    const c2 = rates[3 * replica + 2]!;
    for (let i = replica * n; i < (replica + 1) * n; i += 1) {
      const m = beta1 * from.m[i]! + (1 - beta1) * g[i]!;
      const v = beta2 * from.v[i]! + (1 - beta2) * g[i]! * g[i]!;
      out.m[i] = m;
      out.v[i] = v;
      out.p[i] = from.p[i]! - (rate * (c1 * m)) / (Math.sqrt(c2 * v) + epsilon);
    }
  }
}
