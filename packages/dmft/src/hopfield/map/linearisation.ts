/** @file The Jacobian of one step from what the window machine has just computed: O(L C^2) with the projections done once. */
import type { AttentionNetwork, Role } from "@mesoscope/hopfield-transformer";
import type { MeanFieldMap } from "./mean-field-map.js";
import { sechSquared } from "./sech-squared.js";

/** J of the step that follows the last `window.fields(map.fields)`. */
export interface Linearisation {
  /** (C, L C), columns by slot of the window. */
  readonly jacobian: Float64Array;
  /** sech^2(beta h_c) (C). */
  readonly slopes: Float64Array;
  /** Call after the fields are computed and before the token is pushed. */
  readonly renew: () => void;
}

/**
 * [eq:one-bit-tangent] with o contracted first: with e_s = xi^o^T (m^v(s) - A),
 * J = beta sech^2(beta h) { alpha_s (O V + g e_s kq^T) + [newest] g (sum_s alpha_s e_s m^k(s)^T) Q }, where kq = K^T m^q.
 */
export function linearisation(map: MeanFieldMap): Linearisation {
  const { network, window } = map;
  const { features: { features: m, classes, xi }, contextLength, beta, sharpness } = network;
  const [valueOf, queryOf, keyOf] = [projection(network, "v"), projection(network, "q"), projection(network, "k")];
  const outValue = productOf(xi.o, valueOf, m, classes);
  const size = contextLength * classes;
  const jacobian = new Float64Array(classes * size);
  const slopes = new Float64Array(classes);
  const keyQuery = new Float64Array(classes);
  const covariance = new Float64Array(classes * m);
  const { attention, keys, values, query } = window;
  const { fields } = map;

  const renew = (): void => {
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (let b = 0; b < m; b++) sum += query[b]! * keyOf[b * classes + c]!;
      keyQuery[c] = sharpness * sum;
      const h = beta * fields[c]!;
      slopes[c] = sechSquared(h);
    }
    covariance.fill(0);
    for (let s = 0; s < contextLength; s++) {
      const alpha = attention[s]!;
      for (let row = 0; row < classes; row++) {
        let away = -fields[row]!;
        for (let a = 0; a < m; a++) away += xi.o[a * classes + row]! * values[s * m + a]!;
        for (let b = 0; b < m; b++) covariance[row * m + b]! += alpha * away * keys[s * m + b]!;
        const scale = beta * slopes[row]! * alpha;
        const at = row * size + s * classes;
        for (let c = 0; c < classes; c++) jacobian[at + c] = scale * (outValue[row * classes + c]! + away * keyQuery[c]!);
      }
    }
    addQuery(window.slot(0) * classes);
  };
  const addQuery = (head: number): void => {
    for (let row = 0; row < classes; row++) {
      const scale = beta * slopes[row]! * sharpness;
      for (let c = 0; c < classes; c++) {
        let sum = 0;
        for (let b = 0; b < m; b++) sum += covariance[row * m + b]! * queryOf[b * classes + c]!;
        jacobian[row * size + head + c]! += scale * sum;
      }
    }
  };
  return { jacobian, slopes, renew };
}

/** (1 - eps) w_c xi^role_a(c): (M, C). */
function projection({ features: { classes, weights, xi }, positionalWeight }: AttentionNetwork, role: Role): Float64Array {
  return xi[role].map((entry, at) => (1 - positionalWeight) * weights[at % classes]! * entry);
}

/** sum_a left_a(row) right_a(c): (C, C). */
function productOf(left: Float64Array, right: Float64Array, m: number, classes: number): Float64Array {
  const out = new Float64Array(classes * classes);
  for (let row = 0; row < classes; row++) {
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (let a = 0; a < m; a++) sum += left[a * classes + row]! * right[a * classes + c]!;
      out[row * classes + c] = sum;
    }
  }
  return out;
}
