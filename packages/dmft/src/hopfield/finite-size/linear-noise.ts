/** @file What N bits add to the mean-field map in first order: Gaussian noise around it, and a shift of the mean, both by powers of 1/N. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { symmetricEigen } from "@mesoscope/numerics";
import { linearisation } from "../map/linearisation.js";
import { meanFieldMap } from "../map/mean-field-map.js";
import type { MeanFieldMap } from "../map/mean-field-map.js";
import type { WindowState } from "../map/window-state.js";
import { windowJet } from "./window-jet.js";

export interface LinearNoiseOptions {
  /** `certain` (default): the window is given, S = 0. `drawn`: each of its bits is drawn with the mean that u gives, S = diag((1 - u^2)/w). */
  readonly begin?: "certain" | "drawn";
  /** True: class sizes are drawn, n ~ Multinomial(N, w), and their weights belong to the noise. False unless given. */
  readonly quenched?: boolean;
  /** False: the covariance alone, at a fraction of the cost. True unless given. */
  readonly shift?: boolean;
}

/** Fluctuations along a trajectory in motion. Its arrays are its own: read them, copy what is to be kept. */
export interface LinearNoise {
  readonly map: MeanFieldMap;
  /** n = L C, or L C + C with drawn class sizes. */
  readonly size: number;
  /** N Cov (n, n): magnetisations by slot of the window, then class weights; zeros where no token is. */
  readonly covariance: Float64Array;
  /** N (E u - u_mf) (L C), by slot. */
  readonly shift: Float64Array;
  /** One token of the map, of the covariance and of the shift. */
  readonly step: () => void;
  /** Takes over a covariance (n, n) and a shift (L C) of a full window, newest token first. */
  readonly place: (covariance: ArrayLike<number>, shift: ArrayLike<number>) => void;
  /** The covariance (n, n) and the shift (L C), newest token first, as copies. */
  readonly ordered: () => { readonly covariance: Float64Array; readonly shift: Float64Array };
  /** N Cov m^o (M, M) of the newest token, written to `out` from `at` on. */
  readonly overlapCovariance: (out: Float64Array, at?: number) => Float64Array;
  /** N (E m^o - m^o_mf) (M) of the newest token, written to `out` from `at` on. */
  readonly overlapShift: (out: Float64Array, at?: number) => Float64Array;
  /** max_c N Var u_c of the newest token. */
  readonly largestVariance: () => number;
}

/**
 * Linear noise and 1/N shift around the mean-field map. With u = u_mf + N^{-1/2} z + N^{-1} mu,
 * S' = F S F^T + diag_newest(sech^2(beta h_c)/w_c) [eq:one-bit-linear-noise] and mu' = F mu + (1/2) sum_ij d^2u/dU_i dU_j S_ij [eq:one-bit-shift]; the sum is taken
 * along eigenvectors of S, by 2-jets. Drawn class sizes are further directions with N Cov w = diag(w) - w w^T [eq:one-bit-quenched].
 *
 * The window may still grow. Cost per token O((L C)^2 C) without the shift; with it an eigenvalue problem of that size, too.
 *
 * @throws DomainError if the start does not belong to the network
 */
export function linearNoise(network: AttentionNetwork, start: WindowState, { begin = "certain", quenched = false, shift: wanted = true }: LinearNoiseOptions = {}): LinearNoise {
  const { features: { classes, weights }, contextLength } = network;
  const map = meanFieldMap(network, start);
  const linear = linearisation(map);
  const jet = windowJet(map, linear.slopes, { weights: quenched });
  const window = contextLength * classes;
  const size = window + (quenched ? classes : 0);
  const covariance = new Float64Array(size * size);
  const shift = new Float64Array(window);
  const gradient = new Float64Array(classes * size);
  const cross = new Float64Array(classes * size);
  const curvature = new Float64Array(classes);
  const direction = new Float64Array(size);
  if (quenched) fillWeights(covariance, weights, window, size);
  if (begin === "drawn") fillDrawn(covariance, map, size);

  /** d u(t+1) / d(U, w), (C, n). */
  const differentiate = (): void => {
    linear.renew();
    for (let c = 0; c < classes; c++) for (let i = 0; i < window; i++) gradient[c * size + i] = linear.jacobian[c * window + i]!;
    if (!quenched) return;
    for (let b = 0; b < classes; b++) {
      direction.fill(0);
      direction[window + b] = 1;
      jet.along(direction);
      for (let c = 0; c < classes; c++) gradient[c * size + window + b] = jet.first[c]!;
    }
  };
  const bend = (): void => {
    curvature.fill(0);
    if (!wanted) return;
    const { values, vectors } = symmetricEigen(covariance, size);
    for (let i = 0; i < size; i++) {
      if (values[i] === 0) continue;
      jet.along(vectors, i * size);
      for (let c = 0; c < classes; c++) curvature[c]! += 0.5 * values[i]! * jet.second[c]!;
    }
    for (let c = 0; c < classes; c++) for (let i = 0; i < window; i++) curvature[c]! += gradient[c * size + i]! * shift[i]!;
  };
  const step = (): void => {
    map.window.fields(map.fields);
    differentiate();
    bend();
    for (let c = 0; c < classes; c++) {
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let i = 0; i < size; i++) sum += gradient[c * size + i]! * covariance[i * size + j]!;
        cross[c * size + j] = sum;
      }
    }
    map.settle();
    replaceNewest({ covariance, cross, gradient, slopes: linear.slopes, weights, size, at: map.window.slot(0) * classes });
    for (let c = 0; c < classes; c++) shift[map.window.slot(0) * classes + c] = curvature[c]!;
  };
  return { map, size, covariance, shift, step, ...byLag(map, covariance, shift, size), ...overlapsOf(map, covariance, shift, size) };
}

/** Entries by slot of the window against entries with the newest token first; class weights keep their place. */
function byLag({ window, network: { features: { classes }, contextLength } }: MeanFieldMap, covariance: Float64Array, shift: Float64Array, size: number): Pick<LinearNoise, "place" | "ordered"> {
  const slotOf = (i: number): number => (i < contextLength * classes ? window.slot(Math.floor(i / classes)) * classes + (i % classes) : i);
  return {
    place: (from, shiftFrom) => {
      for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) covariance[slotOf(i) * size + slotOf(j)] = from[i * size + j]!;
      for (let i = 0; i < shift.length; i++) shift[slotOf(i)] = shiftFrom[i]!;
    },
    ordered: () => ({
      covariance: covariance.map((_, at) => covariance[slotOf(Math.floor(at / size)) * size + slotOf(at % size)]!),
      shift: shift.map((_, i) => shift[slotOf(i)]!),
    }),
  };
}

interface Replacement {
  readonly covariance: Float64Array;
  /** gradient S, (C, n). */
  readonly cross: Float64Array;
  readonly gradient: Float64Array;
  readonly slopes: Float64Array;
  readonly weights: Float64Array;
  readonly size: number;
  readonly at: number;
}

/** The new token takes the rows and columns of the oldest. */
function replaceNewest({ covariance, cross, gradient, slopes, weights, size, at }: Replacement): void {
  const classes = slopes.length;
  // Its own block first, as the gradient still refers to the oldest token's column.
  const own = new Float64Array(classes * classes);
  for (let c = 0; c < classes; c++) {
    for (let b = 0; b <= c; b++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += cross[c * size + i]! * gradient[b * size + i]!;
      own[c * classes + b] = own[b * classes + c] = sum + (b === c ? slopes[c]! / weights[c]! : 0);
    }
  }
  for (let c = 0; c < classes; c++) {
    for (let i = 0; i < size; i++) {
      const inside = i >= at && i < at + classes;
      const value = inside ? own[c * classes + i - at]! : cross[c * size + i]!;
      covariance[(at + c) * size + i] = value;
      covariance[i * size + at + c] = value;
    }
  }
}

function overlapsOf(map: MeanFieldMap, covariance: Float64Array, shift: Float64Array, size: number): Pick<LinearNoise, "overlapCovariance" | "overlapShift" | "largestVariance"> {
  const { network: { features: { features: m, classes, weights, xi }, contextLength }, window } = map;
  const drawn = contextLength * classes;
  const rows = new Float64Array(m * size);
  /** d m^o / d(U, w): w_c xi^o_a(c) for the newest token, u_c xi^o_a(c) for the weights. */
  const renew = (): number => {
    const at = window.slot(0) * classes;
    rows.fill(0);
    for (let a = 0; a < m; a++) {
      for (let c = 0; c < classes; c++) {
        const entry = xi.o[a * classes + c]!;
        rows[a * size + at + c] = entry * weights[c]!;
        if (size > drawn) rows[a * size + drawn + c] = entry * map.u[c]!;
      }
    }
    return at;
  };
  const product = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const left = rows[a * size + i]!;
      if (left !== 0) for (let j = 0; j < size; j++) sum += left * covariance[i * size + j]! * rows[b * size + j]!;
    }
    return sum;
  };
  return {
    overlapCovariance: (out, at = 0) => {
      renew();
      for (let a = 0; a < m; a++) for (let b = 0; b <= a; b++) out[at + a * m + b] = out[at + b * m + a] = product(a, b);
      return out;
    },
    overlapShift: (out, at = 0) => {
      const newest = renew();
      for (let a = 0; a < m; a++) {
        let sum = 0;
        for (let c = 0; c < classes; c++) {
          sum += rows[a * size + newest + c]! * shift[newest + c]!;
          // m is bilinear in weights and magnetisations: what they vary together shifts its mean.
          if (size > drawn) sum += xi.o[a * classes + c]! * covariance[(drawn + c) * size + newest + c]!;
        }
        out[at + a] = sum;
      }
      return out;
    },
    largestVariance: () => {
      let largest = 0;
      for (let c = 0; c < classes; c++) largest = Math.max(largest, covariance[(window.slot(0) * classes + c) * (size + 1)]!);
      return largest;
    },
  };
}

/** N Cov of multinomial class weights: diag(w) - w w^T. */
function fillWeights(covariance: Float64Array, weights: Float64Array, from: number, size: number): void {
  weights.forEach((w, b) => {
    weights.forEach((other, c) => {
      covariance[(from + b) * size + from + c] = (b === c ? w : 0) - w * other;
    });
  });
}

function fillDrawn(covariance: Float64Array, { window, ring, network: { features: { classes, weights } } }: MeanFieldMap, size: number): void {
  for (let i = 0; i < window.length * classes; i++) covariance[i * (size + 1)] = (1 - ring[i]! * ring[i]!) / weights[i % classes]!;
}
