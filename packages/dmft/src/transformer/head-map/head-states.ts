/** @file Heads at the beginning: of given weights, drawn, all alike in the limit of wide heads, or as nodes of a quadrature over it. */
import { DomainError, exp, gaussHermite, log, requireFinite, requireInteger, requireKey, requireMemory } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { drawGram } from "../matrix-rule/wishart.js";
import { checkedAlpha, checkedExtent } from "./training-task.js";
import type { Extent } from "./training-task.js";

/** Heads that read the tokens directly, as small matrices [eq:head-map]; each array holds one head after the other. */
export interface HeadStates {
  readonly alphaA: number;
  readonly N: Extent;
  readonly features: number;
  readonly heads: number;
  /** What each head counts, sum 1 (heads). */
  readonly weights: Float64Array;
  /** N^-alphaA W_Q^T W_K (heads, D, D): logits are x B x^T / D. */
  readonly B: Float64Array;
  /** W_Q^T W_Q / N, W_K^T W_K / N, W_V^T W_V / N (heads, D, D). */
  readonly Q2: Float64Array;
  readonly K2: Float64Array;
  readonly C: Float64Array;
  /** W_V^T w / N (heads, D). */
  readonly b: Float64Array;
  /** |w|^2 / N (heads). */
  readonly a: Float64Array;
}

/** r = N^(2 alphaA - 2), what the movement of Q2 and K2 counts [eq:head-map]. */
export function movementRatio({ alphaA, N }: { readonly alphaA: number; readonly N: Extent }): number {
  if (alphaA === 1) return 1;
  return N === "infinite" ? 0 : powerOf(N, 2 * alphaA - 2);
}

/** N^p: exact at the powers 0, -1/2 and -1. */
export function powerOf(N: number, p: number): number {
  if (p === 0) return 1;
  if (p === -1) return 1 / N;
  return p === -0.5 ? 1 / Math.sqrt(N) : exp(p * log(N));
}

/**
 * Heads as they begin in the limit of wide heads, N -> inf with W_Q, W_K, W_V, w of N(0, 1) entries: B = 0 and Q2 = K2 = C = 1, a = 1, b = 0. All heads alike above alphaA = 1/2, where
 * B(0) has no fluctuations; at 1/2 pass to {@link quadratureHeads} or {@link drawnHeads}.
 */
export function identicalHeads({ alphaA, features, heads }: { readonly alphaA: number; readonly features: number; readonly heads: number }): HeadStates {
  checkedAlpha(alphaA);
  requireInteger("features", features, { min: 1 });
  requireInteger("heads", heads, { min: 1 });
  requireMemory(`${heads} heads`, 8 * heads * (4 * features * features + features + 2), "Take fewer heads: an average over some thousand of them does.");
  const unit = identities(heads, features);
  return {
    alphaA,
    N: "infinite",
    features,
    heads,
    weights: new Float64Array(heads).fill(1 / heads),
    B: new Float64Array(heads * features * features),
    Q2: unit,
    K2: unit.slice(),
    C: unit.slice(),
    b: new Float64Array(heads * features),
    a: new Float64Array(heads).fill(1),
  };
}

/** More nodes than this are refused: a run would take minutes. */
const MOST_NODES = 300_000;

/**
 * Infinitely many wide heads at alphaA = 1/2 as nodes of a tensor Gauss-Hermite rule over the D^2 independent N(0, 1) entries of B(0): the average over heads is deterministic.
 *
 * @param nodes nodes a dimension: nodes^(D^2) heads
 * @throws DomainError if that are more than 300,000 heads
 */
export function quadratureHeads({ features, nodes }: { readonly features: number; readonly nodes: number }): HeadStates {
  requireInteger("features", features, { min: 1 });
  requireInteger("nodes", nodes, { min: 1, max: 60 });
  const axes = features * features;
  let heads = 1;
  for (let k = 0; k < axes && heads <= MOST_NODES; k++) heads *= nodes;
  if (heads > MOST_NODES) {
    throw new DomainError({ name: "nodes", value: nodes, rule: `must give at most ${MOST_NODES} heads, nodes^(features^2)`, remedy: "Sample the heads (`drawnHeads`) where tokens have more than two features." });
  }
  const rule = gaussHermite(nodes);
  const total = rule.weights.reduce((sum, w) => sum + w, 0);
  const states = identicalHeads({ alphaA: 0.5, features, heads });
  for (let head = 0; head < heads; head++) {
    let [weight, rest] = [1, head];
    for (let k = axes - 1; k >= 0; k--) {
      const node = rest % nodes;
      rest = (rest - node) / nodes;
      weight *= rule.weights[node]! / total;
      // The rule is for e^{-x^2}.
      states.B[head * axes + k] = Math.SQRT2 * rule.nodes[node]!;
    }
    states.weights[head] = weight;
  }
  return states;
}

export interface DrawnHeads {
  readonly alphaA: number;
  readonly N: Extent;
  readonly features: number;
  readonly heads: number;
}

/**
 * Heads whose weights have N(0, 1) entries, drawn as Gram matrices (Wishart) at a cost that does not grow with N. Head h depends on the key and on h alone.
 * For N = "infinite" only B(0) is random, and that only at alphaA = 1/2.
 */
export function drawnHeads({ alphaA, N, features: D, heads }: DrawnHeads, key: Key): HeadStates {
  checkedExtent("N", N);
  requireKey("key", key);
  const states = { ...identicalHeads({ alphaA, features: D, heads }), N };
  const square = D * D;
  const logits = new Float64Array(4 * square);
  const values = new Float64Array((D + 1) * (D + 1));
  for (let h = 0; h < heads; h++) {
    const own = key.fold("head", h);
    if (N === "infinite") {
      if (alphaA === 0.5) own.fold("logits").stream().fillNormal(states.B.subarray(h * square, (h + 1) * square));
      continue;
    }
    drawGram(own.fold("logits").stream(), N, 2 * D, logits);
    drawGram(own.fold("values").stream(), N, D + 1, values);
    const scale = powerOf(N, 1 - alphaA);
    for (let i = 0; i < D; i++) {
      for (let j = 0; j < D; j++) {
        const at = h * square + i * D + j;
        states.Q2[at] = logits[i * 2 * D + j]!;
        states.B[at] = scale * logits[i * 2 * D + D + j]!;
        states.K2[at] = logits[(D + i) * 2 * D + D + j]!;
        states.C[at] = values[i * (D + 1) + j]!;
      }
      states.b[h * D + i] = values[i * (D + 1) + D]!;
    }
    states.a[h] = values[D * (D + 1) + D]!;
  }
  return states;
}

/** Weights at the scale where entries are of order one, row-major. */
export interface HeadWeights {
  readonly alphaA: number;
  readonly N: number;
  readonly features: number;
  readonly heads: number;
  /** W_Q, W_K, W_V (H, N, D), as in k = W_K x / sqrt D. */
  readonly queries: ArrayLike<number>;
  readonly keys: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  /** w (H, N). */
  readonly readOut: ArrayLike<number>;
}

/** The heads of explicit weights: their small matrices move exactly as gradient descent moves the weights [eq:head-map]. */
export function headsOfWeights({ alphaA, N, features: D, heads, queries, keys, values, readOut }: HeadWeights): HeadStates {
  requireInteger("N", N, { min: 1 });
  const states = { ...identicalHeads({ alphaA, features: D, heads }), N };
  for (const [name, array, width] of [["queries", queries, D], ["keys", keys, D], ["values", values, D], ["readOut", readOut, 1]] as const) {
    if (array.length !== heads * N * width) {
      throw new DomainError({ name, value: array.length, rule: `must be ${heads * N * width} numbers`, remedy: "Give them head by head, (heads, N, features), the read-out (heads, N)." });
    }
    for (let i = 0; i < array.length; i++) requireFinite(`${name}[${i}]`, array[i]!);
  }
  const scale = powerOf(N, 1 - alphaA);
  const product = (l: ArrayLike<number>, wl: number, i: number, r: ArrayLike<number>, wr: number, j: number, h: number): number => {
    let sum = 0;
    for (let k = h * N; k < (h + 1) * N; k++) sum += l[k * wl + i]! * r[k * wr + j]!;
    return sum / N;
  };
  for (let h = 0; h < heads; h++) {
    for (let i = 0; i < D; i++) {
      for (let j = 0; j < D; j++) {
        const at = (h * D + i) * D + j;
        states.B[at] = scale * product(queries, D, i, keys, D, j, h);
        states.Q2[at] = product(queries, D, i, queries, D, j, h);
        states.K2[at] = product(keys, D, i, keys, D, j, h);
        states.C[at] = product(values, D, i, values, D, j, h);
      }
      states.b[h * D + i] = product(values, D, i, readOut, 1, 0, h);
    }
    states.a[h] = product(readOut, 1, 0, readOut, 1, 0, h);
  }
  return states;
}

function identities(heads: number, n: number): Float64Array {
  const out = new Float64Array(heads * n * n);
  for (let h = 0; h < heads; h++) for (let i = 0; i < n; i++) out[(h * n + i) * n + i] = 1;
  return out;
}
