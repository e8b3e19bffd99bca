import { key } from "@mesoscope/numerics";
import type { Descent, TrainingTask } from "../../src/transformer/index.js";

/** Plain loops over explicit weights: slow, and readable next to the definition of the model. */
export interface Weights {
  /** (H, N, D) each. */
  readonly queries: Float64Array;
  readonly keys: Float64Array;
  readonly values: Float64Array;
  /** (n, n), absent where heads are read out directly. */
  readonly projection?: Float64Array;
  /** (n). */
  readonly readOut: Float64Array;
}
export interface NetworkSize {
  readonly N: number;
  readonly H: number;
  readonly alphaA: number;
}

export function drawWeights({ N, H }: NetworkSize, D: number, seed: number, block: boolean): Weights {
  const own = key("explicit network").fold(seed);
  const draw = (name: string, size: number): Float64Array => own.fold(name).stream().fillNormal(new Float64Array(size));
  const n = N * H;
  const parts = { queries: draw("queries", n * D), keys: draw("keys", n * D), values: draw("values", n * D), readOut: draw("read-out", n) };
  return block ? { ...parts, projection: draw("projection", n * n) } : parts;
}

/** f(t) - f(0) (T + 1, P), and the logits (H, P, S, S) at the end. Keys and queries are written at unit variance: their rate is N^(2 alphaA - 2) times that of the others. */
export function trainExplicitly(task: TrainingTask, { eta0, gamma0, steps }: Descent, size: NetworkSize, start: Weights): { readonly f: Float64Array; readonly logits: Float64Array } {
  const { inputs: P, tokens: S, features: D, x } = task.tokens;
  const { N, H, alphaA } = size;
  const n = N * H;
  const [Q, K, V, w] = [start.queries.slice(), start.keys.slice(), start.values.slice(), start.readOut.slice()];
  const W = start.projection?.slice();
  const f = new Float64Array((steps + 1) * P);
  const first = new Float64Array(P);
  const logits = new Float64Array(H * P * S * S);
  const rate = eta0 * gamma0 * gamma0 * n;
  const rateOfLogits = rate * N ** (2 * alphaA - 2);
  const project = (M: Float64Array, i: number, m: number, s: number): number => {
    let sum = 0;
    for (let d = 0; d < D; d++) sum += M[i * D + d]! * x[(m * S + s) * D + d]!;
    return sum / Math.sqrt(D);
  };
  for (let t = 0; t <= steps; t++) {
    const out = new Float64Array(P);
    const [sigma, v, vbar] = [new Float64Array(H * P * S * S), new Float64Array(n * P * S), new Float64Array(n * P)];
    const [q, k] = [new Float64Array(n * P * S), new Float64Array(n * P * S)];
    for (let i = 0; i < n; i++) for (let m = 0; m < P; m++) for (let s = 0; s < S; s++) {
      const at = (i * P + m) * S + s;
      q[at] = project(Q, i, m, s);
      k[at] = project(K, i, m, s);
      v[at] = project(V, i, m, s);
    }
    for (let h = 0; h < H; h++) for (let m = 0; m < P; m++) for (let s = 0; s < S; s++) {
      const row = ((h * P + m) * S + s) * S;
      let total = 0;
      for (let a = 0; a < S; a++) {
        let dot = 0;
        for (let i = h * N; i < (h + 1) * N; i++) dot += q[(i * P + m) * S + s]! * k[(i * P + m) * S + a]!;
        logits[row + a] = dot * N ** -alphaA;
        total += sigma[row + a] = Math.exp(logits[row + a]!);
      }
      for (let a = 0; a < S; a++) {
        sigma[row + a]! /= total;
        for (let i = h * N; i < (h + 1) * N; i++) vbar[i * P + m]! += (sigma[row + a]! * v[(i * P + m) * S + a]!) / S;
      }
    }
    // What reads the values: z = w, or W^T w / sqrt n.
    const [z, u] = [new Float64Array(n), new Float64Array(n * P)];
    for (let i = 0; i < n; i++) {
      if (W === undefined) {
        z[i] = w[i]!;
        for (let m = 0; m < P; m++) u[i * P + m] = vbar[i * P + m]!;
        continue;
      }
      for (let j = 0; j < n; j++) {
        z[j]! += (W[i * n + j]! * w[i]!) / Math.sqrt(n);
        for (let m = 0; m < P; m++) u[i * P + m]! += (W[i * n + j]! * vbar[j * P + m]!) / Math.sqrt(n);
      }
    }
    for (let i = 0; i < n; i++) for (let m = 0; m < P; m++) out[m]! += (w[i]! * u[i * P + m]!) / (gamma0 * n);
    if (t === 0) first.set(out);
    for (let m = 0; m < P; m++) f[t * P + m] = out[m]! - first[m]!;
    if (t === steps) break;

    const error = Array.from(task.targets, (y, m) => (y - f[t * P + m]!) / P);
    const scale = 1 / (gamma0 * n);
    const [dQ, dK, dV] = [new Float64Array(n * D), new Float64Array(n * D), new Float64Array(n * D)];
    for (let h = 0; h < H; h++) for (let m = 0; m < P; m++) for (let s = 0; s < S; s++) {
      const row = ((h * P + m) * S + s) * S;
      const through = Array.from({ length: S }, (_, a) => {
        let sum = 0;
        for (let i = h * N; i < (h + 1) * N; i++) sum += z[i]! * v[(i * P + m) * S + a]!;
        return sum;
      });
      const mean = through.reduce((sum, value, a) => sum + value * sigma[row + a]!, 0);
      for (let a = 0; a < S; a++) {
        const slope = (error[m]! * scale * sigma[row + a]! * (through[a]! - mean)) / S / N ** alphaA / Math.sqrt(D);
        for (let i = h * N; i < (h + 1) * N; i++) for (let d = 0; d < D; d++) {
          dQ[i * D + d]! += slope * k[(i * P + m) * S + a]! * x[(m * S + s) * D + d]!;
          dK[i * D + d]! += slope * q[(i * P + m) * S + s]! * x[(m * S + a) * D + d]!;
          dV[i * D + d]! += (error[m]! * scale * z[i]! * sigma[row + a]! * x[(m * S + a) * D + d]!) / S / Math.sqrt(D);
        }
      }
    }
    const dw = Float64Array.from({ length: n }, (_, i) => error.reduce((sum, e, m) => sum + e * scale * u[i * P + m]!, 0));
    if (W !== undefined) for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let m = 0; m < P; m++) W[i * n + j]! += (rate * error[m]! * scale * w[i]! * vbar[j * P + m]!) / Math.sqrt(n);
    for (let i = 0; i < n; i++) w[i]! += rate * dw[i]!;
    for (let i = 0; i < n * D; i++) {
      Q[i]! += rateOfLogits * dQ[i]!;
      K[i]! += rateOfLogits * dK[i]!;
      V[i]! += rate * dV[i]!;
    }
  }
  return { f, logits };
}
