/** @file The attention of many heads and how it learns: small matrices in feature space, closed at every width N. */
import { addProduct, softmaxInPlace } from "./series.js";
import type { CheckedTask } from "./training-task.js";

/**
 * Attention of `heads` heads [eq:head-map]. With k, q = W x / sqrt D and logits A[s, a] = x_s B x_a / D three (D, D) matrices a head are all there is:
 * B = N^-alphaA W_Q^T W_K, Q2 = W_Q^T W_Q / N, K2 = W_K^T W_K / N. Arrays are (heads, planes, ...): see series.ts for planes.
 */
export interface AttentionHeads {
  readonly heads: number;
  readonly planes: number;
  readonly B: Float64Array;
  readonly Q2: Float64Array;
  readonly K2: Float64Array;
  /** sigma (heads, planes, P, S, S) after {@link attend}. */
  readonly sigma: Float64Array;
  /** sigma x (heads, planes, P, S, D). */
  readonly seen: Float64Array;
  /** mean_s sigma x / sqrt D (heads, planes, P, D): what a pooled head reads. */
  readonly pooled: Float64Array;
  /** Renews sigma, seen and pooled of one head from its B. */
  readonly attend: (head: number) => void;
  /**
   * One step of gradient descent on W_Q and W_K of one head, old values on the right.
   * @param gate b = W_V^T z / N (planes, D) from offset `at` on, z the vector that reads the head's values
   * @param errors Delta (planes, P)
   */
  readonly learn: (head: number, gate: Float64Array, at: number, errors: Float64Array) => void;
}

export interface AttentionOptions {
  readonly heads: number;
  /** 1, 2 or 3. */
  readonly planes: number;
  /** kappa = eta0 gamma0. */
  readonly kappa: number;
  /** r = N^(2 alphaA - 2): 1 at alphaA = 1, 0 in the limit N -> inf below. */
  readonly ratio: number;
}

/** Heads with B = Q2 = K2 = 0: fill them. */
export function attentionHeads({ P, S, D, x }: CheckedTask, { heads, planes, kappa, ratio }: AttentionOptions): AttentionHeads {
  const square = D * D;
  const state = (): Float64Array => new Float64Array(heads * planes * square);
  const [B, Q2, K2] = [state(), state(), state()];
  const sigma = new Float64Array(heads * planes * P * S * S);
  const seen = new Float64Array(heads * planes * P * S * D);
  const pooled = new Float64Array(heads * planes * P * D);
  const root = Math.sqrt(D);
  const scratch = Array.from({ length: 6 }, () => new Float64Array(planes * square));
  const moved = new Float64Array(planes * S * S);
  const along = new Float64Array(planes * S);

  const attend = (head: number): void => {
    for (let p = 0; p < planes; p++) logits(head * planes + p);
    for (let row = 0; row < P * S; row++) softmaxInPlace(S, planes, P * S * S, sigma, (head * planes * P * S + row) * S);
    for (let p = 0; p < planes; p++) look(head * planes + p);
  };
  const logits = (plane: number): void => {
    for (let m = 0; m < P; m++) bilinear(x, m * S * D, B, plane * square, sigma, (plane * P + m) * S * S, { S, D, scale: 1 / D });
  };
  const look = (plane: number): void => {
    pooled.fill(0, plane * P * D, (plane + 1) * P * D);
    for (let row = 0; row < P * S; row++) {
      const m = Math.floor(row / S);
      for (let i = 0; i < D; i++) {
        let sum = 0;
        for (let a = 0; a < S; a++) sum += sigma[(plane * P * S + row) * S + a]! * x[(m * S + a) * D + i]!;
        seen[(plane * P * S + row) * D + i] = sum;
        pooled[(plane * P + m) * D + i]! += sum / (S * root);
      }
    }
  };

  /** Delta_mu Mbar[s, a] of one input, as numbers. */
  const moveValues = (head: number, m: number, gate: Float64Array, at: number, error: number): void => {
    for (let s = 0; s < S; s++) {
      const row = (head * P + m) * S + s;
      let mean = 0;
      for (let i = 0; i < D; i++) mean += gate[at + i]! * seen[row * D + i]!;
      for (let a = 0; a < S; a++) {
        let lead = -mean;
        for (let i = 0; i < D; i++) lead += gate[at + i]! * x[(m * S + a) * D + i]!;
        moved[s * S + a] = error * (lead * sigma[row * S + a]!);
      }
    }
  };
  /** The same as a series (planes, S, S). */
  const moveSeries = (head: number, m: number, gate: Float64Array, at: number, errors: Float64Array): void => {
    moved.fill(0);
    for (let s = 0; s < S; s++) {
      along.fill(0);
      for (let p = 0; p < planes; p++) {
        for (let q = 0; p + q < planes; q++) {
          for (let i = 0; i < D; i++) along[p + q]! += gate[at + p * D + i]! * seen[(((head * planes + q) * P + m) * S + s) * D + i]!;
        }
      }
      for (let a = 0; a < S; a++) {
        for (let p = 0; p < planes; p++) {
          let lead = -along[p]!;
          for (let i = 0; i < D; i++) lead += gate[at + p * D + i]! * x[(m * S + a) * D + i]!;
          for (let q = 0; p + q < planes; q++) {
            const product = lead * sigma[(((head * planes + q) * P + m) * S + s) * S + a]!;
            for (let u = 0; p + q + u < planes; u++) moved[((p + q + u) * S + s) * S + a]! += errors[u * P + m]! * product;
          }
        }
      }
    }
  };

  /** Where there is one plane, and most time goes: {@link learnSeries} in numbers. */
  const learnValues = (head: number, gate: Float64Array, at: number, errors: Float64Array): void => {
    const [gamma, qg, gk, gb, bg] = scratch as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    gamma.fill(0);
    for (let m = 0; m < P; m++) {
      moveValues(head, m, gate, at, errors[m]!);
      contract(x, m * S * D, moved, 0, gamma, 0, { S, D, scale: 1 / (root * P * S * D) });
    }
    const o = head * square;
    for (let r = 0; r < D; r++) {
      for (let c = 0; c < D; c++) {
        let [left, right, before, after] = [0, 0, 0, 0];
        for (let k = 0; k < D; k++) {
          const [rk, kc] = [gamma[r * D + k]!, gamma[k * D + c]!];
          left += Q2[o + r * D + k]! * kc;
          right += rk * K2[o + k * D + c]!;
          before += rk * B[o + c * D + k]!;
          after += B[o + k * D + r]! * kc;
        }
        qg[r * D + c] = left;
        gk[r * D + c] = right;
        gb[r * D + c] = before;
        bg[r * D + c] = after;
      }
    }
    const [once, twice] = [kappa * ratio, kappa * kappa * ratio];
    for (let r = 0; r < D; r++) {
      for (let c = 0; c < D; c++) {
        let [ofB, ofQ2, ofK2] = [0, 0, 0];
        for (let k = 0; k < D; k++) {
          ofB += gb[r * D + k]! * gamma[k * D + c]!;
          ofQ2 += gk[r * D + k]! * gamma[c * D + k]!;
          ofK2 += gamma[k * D + r]! * qg[k * D + c]!;
        }
        const i = r * D + c;
        B[o + i]! += kappa * (qg[i]! + gk[i]!) + twice * ofB;
        Q2[o + i]! += once * (gb[i]! + gb[c * D + r]!) + twice * ofQ2;
        K2[o + i]! += once * (bg[i]! + bg[c * D + r]!) + twice * ofK2;
      }
    }
  };
  const learnSeries = (head: number, gate: Float64Array, at: number, errors: Float64Array): void => {
    const [gamma, qg, gk, gb, bg, next] = scratch as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    for (const each of scratch) each.fill(0);
    for (let m = 0; m < P; m++) {
      moveSeries(head, m, gate, at, errors);
      for (let p = 0; p < planes; p++) contract(x, m * S * D, moved, p * S * S, gamma, p * square, { S, D, scale: 1 / (root * P * S * D) });
    }
    const o = head * planes * square;
    const add = (out: Float64Array, to: number, scale: number, a: Float64Array, i: number, ta: boolean, b: Float64Array, j: number, tb: boolean): void => {
      addProduct(D, planes, out, to, scale, a, i, ta, b, j, tb);
    };
    add(qg, 0, 1, Q2, o, false, gamma, 0, false);
    add(gk, 0, 1, gamma, 0, false, K2, o, false);
    for (let i = 0; i < next.length; i++) next[i] = kappa * (qg[i]! + gk[i]!);
    if (ratio !== 0) {
      add(gb, 0, 1, gamma, 0, false, B, o, true);
      add(bg, 0, 1, B, o, true, gamma, 0, false);
      add(next, 0, kappa * kappa * ratio, gb, 0, false, gamma, 0, false);
      addSymmetric(D, planes, Q2, o, kappa * ratio, gb);
      addSymmetric(D, planes, K2, o, kappa * ratio, bg);
      add(Q2, o, kappa * kappa * ratio, gk, 0, false, gamma, 0, true);
      add(K2, o, kappa * kappa * ratio, gamma, 0, true, qg, 0, false);
    }
    for (let i = 0; i < next.length; i++) B[o + i]! += next[i]!;
  };
  return { heads, planes, B, Q2, K2, sigma, seen, pooled, attend, learn: planes === 1 ? learnValues : learnSeries };
}

interface Shape {
  readonly S: number;
  readonly D: number;
  readonly scale: number;
}

/** out[s, a] = scale x_s B x_a of one input. */
export function bilinear(x: Float64Array, at: number, B: Float64Array, b: number, out: Float64Array, o: number, { S, D, scale }: Shape): void {
  for (let s = 0; s < S; s++) {
    for (let a = 0; a < S; a++) {
      let sum = 0;
      for (let i = 0; i < D; i++) for (let j = 0; j < D; j++) sum += x[at + s * D + i]! * B[b + i * D + j]! * x[at + a * D + j]!;
      out[o + s * S + a] = sum * scale;
    }
  }
}

/** out += scale sum_sa M[s, a] x_s x_a^T of one input. */
function contract(x: Float64Array, at: number, M: Float64Array, from: number, out: Float64Array, o: number, { S, D, scale }: Shape): void {
  for (let s = 0; s < S; s++) {
    for (let j = 0; j < D; j++) {
      let sum = 0;
      for (let a = 0; a < S; a++) sum += M[from + s * S + a]! * x[at + a * D + j]!;
      sum *= scale;
      for (let i = 0; i < D; i++) out[o + i * D + j]! += sum * x[at + s * D + i]!;
    }
  }
}

/** out += scale (a + a^T), plane by plane. */
function addSymmetric(n: number, planes: number, out: Float64Array, o: number, scale: number, a: Float64Array): void {
  for (let p = 0; p < planes; p++) {
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[o + (p * n + i) * n + j]! += scale * (a[(p * n + i) * n + j]! + a[(p * n + j) * n + i]!);
  }
}
