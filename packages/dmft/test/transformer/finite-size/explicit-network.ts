import type { Key } from "@mesoscope/numerics";

/** A residual attention network with all its weights, one input: what the chain claims to be. */
export interface ExplicitNetwork {
  readonly tokens: number;
  /** (S, r) a factor of the kernel below the read-in. */
  readonly factor: Float64Array;
  readonly rank: number;
  readonly N: number;
  readonly H: number;
  readonly L: number;
  readonly alphaA: number;
  /** b */
  readonly branch: number;
  readonly causal: boolean;
  readonly relu: boolean;
}

/** (S, S) kernel h . h / n after L blocks with weights drawn from the key. */
export function explicitKernel(network: ExplicitNetwork, key: Key): Float64Array {
  const { tokens: S, factor, rank, N, H, L, branch } = network;
  const n = N * H;
  const stream = key.stream();
  const normal = (size: number): Float64Array => stream.fillNormal(new Float64Array(size));
  const h = product(factor, normal(rank * n), S, rank, n);
  for (let l = 0; l < L; l++) {
    const concat = new Float64Array(S * n);
    for (let head = 0; head < H; head++) attend(network, h, concat, head, normal);
    addBranch(h, concat, normal(n * n), S, n, branch);
    if (!network.relu) continue;
    const hidden = product(h, normal(n * n), S, n, n).map((u) => Math.max(u / Math.sqrt(n), 0));
    addBranch(h, hidden, normal(n * n), S, n, branch);
  }
  return Float64Array.from({ length: S * S }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += h[Math.floor(at / S) * n + k]! * h[(at % S) * n + k]!;
    return sum / n;
  });
}

function attend({ tokens: S, N, H, alphaA, causal }: ExplicitNetwork, h: Float64Array, concat: Float64Array, head: number, normal: (size: number) => Float64Array): void {
  const n = N * H;
  const [q, k, v] = [0, 1, 2].map(() => product(h, normal(n * N), S, n, N).map((x) => x / Math.sqrt(n))) as [Float64Array, Float64Array, Float64Array];
  for (let s = 0; s < S; s++) {
    const weights = Array.from({ length: causal ? s + 1 : S }, (_, a) => {
      let logit = 0;
      for (let c = 0; c < N; c++) logit += q[s * N + c]! * k[a * N + c]!;
      return Math.exp(logit / N ** alphaA);
    });
    const total = weights.reduce((sum, w) => sum + w, 0);
    for (const [a, w] of weights.entries()) for (let c = 0; c < N; c++) concat[s * n + head * N + c]! += (w / total) * v[a * N + c]!;
  }
}

function addBranch(h: Float64Array, input: Float64Array, weights: Float64Array, S: number, n: number, branch: number): void {
  const out = product(input, weights, S, n, n);
  for (let at = 0; at < h.length; at++) h[at]! += (branch * out[at]!) / Math.sqrt(n);
}

function product(a: Float64Array, b: Float64Array, rows: number, between: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) for (let k = 0; k < between; k++) for (let c = 0; c < columns; c++) out[r * columns + c]! += a[r * between + k]! * b[k * columns + c]!;
  return out;
}
