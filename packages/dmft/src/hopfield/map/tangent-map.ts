/** @file The tangent map at speed: a frame of perturbations of the window, carried along a trajectory. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, requireInteger } from "@mesoscope/numerics";
import { linearisation } from "./linearisation.js";
import { meanFieldMap } from "./mean-field-map.js";
import type { MeanFieldMap } from "./mean-field-map.js";
import type { WindowState } from "./window-state.js";

/** A trajectory with perturbations. Positions are not perturbed. */
export interface TangentMap {
  readonly map: MeanFieldMap;
  /** Number of perturbations k. */
  readonly count: number;
  /** (k, L C), by slot of the window: the entry of perturbation v, of the token d steps ago and of class c is [v L C + slot(d) C + c]. */
  readonly frame: Float64Array;
  /** J of the last step, (C, L C), columns by slot as they were before it. */
  readonly jacobian: Float64Array;
  /** One token: the companion matrix of [eq:one-bit-tangent] acts on every perturbation. Only C of L C entries of each are new. */
  readonly step: () => void;
  /** Perturbation v with the newest token first (L C), written to `out`. */
  readonly ordered: (v: number, out: Float64Array) => Float64Array;
  /** The opposite of {@link ordered}. */
  readonly place: (v: number, from: ArrayLike<number>) => void;
}

export interface TangentOptions {
  /** Number of perturbations k >= 1. */
  readonly count: number;
  /** The last perturbation is the derivative with respect to beta: it gets sech^2(beta h_c) h_c at each step. False unless given. */
  readonly alongBeta?: boolean;
}

/**
 * The tangent map over {@link meanFieldMap} [eq:one-bit-tangent]. The frame starts at zero: fill it with {@link TangentMap.place}.
 *
 * @param start a full window: L tokens
 * @throws DomainError if the window is not full, or count is no positive integer
 */
export function tangentMap(network: AttentionNetwork, start: WindowState, { count, alongBeta = false }: TangentOptions): TangentMap {
  requireInteger("count", count, { min: 1 });
  const map = meanFieldMap(network, start);
  const { features: { classes }, contextLength } = network;
  requireFullWindow(map);
  const size = contextLength * classes;
  const frame = new Float64Array(count * size);
  const linear = linearisation(map);
  const { jacobian, slopes } = linear;
  const next = new Float64Array(classes);

  const step = (): void => {
    map.window.fields(map.fields);
    linear.renew();
    // A full window: the slot of the next token is that of the oldest.
    const oldest = map.window.slot(contextLength - 1) * classes;
    applyRows(jacobian, frame, next, { count, size, oldest });
    if (alongBeta) {
      const at = (count - 1) * size + oldest;
      for (let c = 0; c < classes; c++) frame[at + c]! += slopes[c]! * map.fields[c]!;
    }
    map.settle();
  };
  return {
    map,
    count,
    frame,
    jacobian,
    step,
    ordered: (v, out) => {
      for (let d = 0; d < contextLength; d++) {
        const at = v * size + map.window.slot(d) * classes;
        for (let c = 0; c < classes; c++) out[d * classes + c] = frame[at + c]!;
      }
      return out;
    },
    place: (v, from) => {
      for (let d = 0; d < contextLength; d++) {
        const at = v * size + map.window.slot(d) * classes;
        for (let c = 0; c < classes; c++) frame[at + c] = from[d * classes + c]!;
      }
    },
  };
}

function requireFullWindow({ window, network }: MeanFieldMap): void {
  if (window.length === network.contextLength) return;
  throw new DomainError({
    name: "tokens in the window",
    value: window.length,
    rule: `must be L = ${network.contextLength}: the tangent map of a growing window is not square`,
    remedy: "Run the mean-field map until the window is full, and start there.",
  });
}

/** Rows of J times every perturbation; the results take the place of the oldest token. */
function applyRows(jacobian: Float64Array, frame: Float64Array, next: Float64Array, { count, size, oldest }: { count: number; size: number; oldest: number }): void {
  const classes = next.length;
  for (let v = 0; v < count; v++) {
    const at = v * size;
    for (let c = 0; c < classes; c++) {
      const row = c * size;
      let sum = 0;
      for (let i = 0; i < size; i++) sum += jacobian[row + i]! * frame[at + i]!;
      next[c] = sum;
    }
    for (let c = 0; c < classes; c++) frame[at + oldest + c] = next[c]!;
  }
}
