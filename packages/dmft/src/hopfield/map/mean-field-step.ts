import { referenceFields } from "@mesoscope/hopfield-transformer";
import type { AttentionNetwork, ReferenceFields } from "@mesoscope/hopfield-transformer";
import { tanh } from "@mesoscope/numerics";
import type { WindowState } from "./window-state.js";

/** One step and all that it is made of. */
export interface MeanFieldStep extends ReferenceFields {
  /** u of the next token (C). */
  readonly next: Float64Array;
  /** The window that ends with it, cut to L tokens. */
  readonly state: WindowState;
}

/**
 * One step of the mean-field map by its definition [eq:one-bit-mean-field]: u_c(t+1) = tanh(beta h_c). Plain and slow; it defines what
 * {@link meanFieldMap} computes.
 *
 * @throws DomainError if the state does not belong to the network
 */
export function meanFieldStep(network: AttentionNetwork, { u, t }: WindowState): MeanFieldStep {
  const { features: { classes }, contextLength, beta } = network;
  const rows = Array.from({ length: u.length / classes }, (_, d) => u.subarray(d * classes, (d + 1) * classes));
  const parts = referenceFields(network, rows, t);
  const next = parts.fields.map((h) => tanh(beta * h));
  const kept = Math.min(rows.length + 1, contextLength);
  const window = new Float64Array(kept * classes);
  window.set(next);
  window.set(u.subarray(0, (kept - 1) * classes), classes);
  return { ...parts, next, state: { u: window, t: t + 1 } };
}
