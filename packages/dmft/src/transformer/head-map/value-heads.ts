/** @file The values of many heads that are read out directly, and how they learn. */
import { addDot, addMatrixVector, addOuter, addScaled } from "./series.js";
import type { AttentionHeads } from "./attention-heads.js";
import type { CheckedTask } from "./training-task.js";

/**
 * Values of heads under a read-out w of their own [eq:head-map]: b = W_V^T w / N, C = W_V^T W_V / N, a = |w|^2 / N are all there is. Arrays are (heads, planes, ...).
 */
export interface ValueHeads {
  readonly b: Float64Array;
  readonly C: Float64Array;
  readonly a: Float64Array;
  /** F_mu = b . mean_s sigma x / (gamma0 sqrt D), added times `weight` to `out` (planes, P). */
  readonly readOut: (head: number, weight: number, out: Float64Array) => void;
  /** One step of gradient descent on W_V and w of one head, old values on the right, its attention as it is. */
  readonly learn: (head: number, errors: Float64Array) => void;
}

export interface ValueOptions {
  readonly kappa: number;
  readonly gamma0: number;
}

/** Heads with b = C = a = 0: fill them. */
export function valueHeads({ P, D }: CheckedTask, { heads, planes, pooled }: AttentionHeads, { kappa, gamma0 }: ValueOptions): ValueHeads {
  const b = new Float64Array(heads * planes * D);
  const C = new Float64Array(heads * planes * D * D);
  const a = new Float64Array(heads * planes);
  const [xi, seen, scaled, moved] = [0, 1, 2, 3].map(() => new Float64Array(planes * D)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [along, curl] = [new Float64Array(planes), new Float64Array(planes)];

  const readOut = (head: number, weight: number, out: Float64Array): void => {
    for (let p = 0; p < planes; p++) {
      for (let q = 0; p + q < planes; q++) {
        for (let m = 0; m < P; m++) {
          let sum = 0;
          for (let i = 0; i < D; i++) sum += b[(head * planes + p) * D + i]! * pooled[((head * planes + q) * P + m) * D + i]!;
          out[(p + q) * P + m]! += (weight * sum) / gamma0;
        }
      }
    }
  };
  /** Where there is one plane, and most time goes: {@link learnSeries} in numbers. */
  const learnValues = (head: number, errors: Float64Array): void => {
    const [atB, atC] = [head * D, head * D * D];
    xi.fill(0);
    for (let m = 0; m < P; m++) for (let i = 0; i < D; i++) xi[i]! += (errors[m]! * pooled[(head * P + m) * D + i]!) / P;
    let [onValues, onSeen] = [0, 0];
    for (let i = 0; i < D; i++) {
      let sum = 0;
      for (let k = 0; k < D; k++) sum += C[atC + i * D + k]! * xi[k]!;
      seen[i] = sum;
      onValues += b[atB + i]! * xi[i]!;
      onSeen += xi[i]! * sum;
    }
    const own = a[head]!;
    for (let i = 0; i < D; i++) for (let k = 0; k < D; k++) C[atC + i * D + k]! += kappa * (b[atB + i]! * xi[k]! + xi[i]! * b[atB + k]!) + kappa * kappa * own * xi[i]! * xi[k]!;
    for (let i = 0; i < D; i++) b[atB + i]! += kappa * (seen[i]! + own * xi[i]!) + kappa * kappa * onValues * xi[i]!;
    a[head]! += 2 * kappa * onValues + kappa * kappa * onSeen;
  };
  const learnSeries = (head: number, errors: Float64Array): void => {
    const [atB, atC, atA] = [head * planes * D, head * planes * D * D, head * planes];
    for (const each of [xi, seen, scaled, moved, along, curl]) each.fill(0);
    for (let p = 0; p < planes; p++) {
      for (let q = 0; p + q < planes; q++) {
        for (let m = 0; m < P; m++) for (let i = 0; i < D; i++) xi[(p + q) * D + i]! += (errors[p * P + m]! * pooled[((head * planes + q) * P + m) * D + i]!) / P;
      }
    }
    addMatrixVector(D, planes, seen, 0, 1, C, atC, xi, 0);
    addScaled(D, planes, scaled, 0, 1, a, atA, xi, 0);
    addDot(D, planes, along, 0, 1, b, atB, xi, 0);
    addDot(D, planes, curl, 0, 1, xi, 0, seen, 0);
    addScaled(D, planes, moved, 0, kappa * kappa, along, 0, xi, 0);
    addOuter(D, planes, C, atC, kappa, b, atB, xi, 0);
    addOuter(D, planes, C, atC, kappa, xi, 0, b, atB);
    addOuter(D, planes, C, atC, kappa * kappa, scaled, 0, xi, 0);
    for (let i = 0; i < planes * D; i++) b[atB + i]! += kappa * (seen[i]! + scaled[i]!) + moved[i]!;
    for (let p = 0; p < planes; p++) a[atA + p]! += 2 * kappa * along[p]! + kappa * kappa * curl[p]!;
  };
  return { b, C, a, readOut, learn: planes === 1 ? learnValues : learnSeries };
}
