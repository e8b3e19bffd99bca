/** @file Linear noise and shift by dense matrices in the order of the window, and variants of it that are wrong: what tests compare with and what they must catch. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { meanFieldJacobian, meanFieldStep, sechSquared } from "../../../src/hopfield/index.js";
import type { WindowState } from "../../../src/hopfield/index.js";

export type Variant = "right" | "naive-sech" | "no-class-weight" | "no-curvature" | "diagonal-curvature";

/** N Var u_c and N (E u_c - mf) of one more token after another, (T, C) each. */
export function plainNoise(network: AttentionNetwork, start: WindowState, tokens: number, variant: Variant = "right"): { variance: number[][]; shift: number[][] } {
  const { features: { classes: c, weights }, contextLength, beta } = network;
  let state = start;
  let n = state.u.length;
  let s = zeros(n, n);
  let mu = new Array<number>(n).fill(0);
  const variance: number[][] = [];
  const shift: number[][] = [];
  for (let t = 0; t < tokens; t++) {
    const { fields, next, state: following } = meanFieldStep(network, state);
    const j = rowsOf(meanFieldJacobian(network, state), c, n);
    const bend = variant === "no-curvature" ? new Array<number>(c).fill(0) : curvature(network, state, s, variant);
    const newMu = j.map((row, r) => bend[r]! + sum(n, (i) => row[i]! * mu[i]!));
    const cross = j.map((row) => Array.from({ length: n }, (_, k) => sum(n, (i) => row[i]! * s[i]![k]!)));
    const own = cross.map((row, r) => j.map((other, q) => sum(n, (i) => row[i]! * other[i]!) + (r === q ? noise(variant, beta * fields[r]!, next[r]!) / (variant === "no-class-weight" ? 1 : weights[r]!) : 0)));
    const kept = (Math.min(n / c + 1, contextLength) - 1) * c;
    const size = kept + c;
    const out = zeros(size, size);
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) out[a]![b] = a < c && b < c ? own[a]![b]! : a < c ? cross[a]![b - c]! : b < c ? cross[b]![a - c]! : s[a - c]![b - c]!;
    s = out;
    mu = [...newMu, ...mu.slice(0, kept)];
    n = size;
    state = following;
    variance.push(Array.from({ length: c }, (_, r) => s[r]![r]!));
    shift.push(newMu);
  }
  return { variance, shift };
}

function noise(variant: Variant, x: number, u: number): number {
  return variant === "naive-sech" ? 1 - u * u : sechSquared(x);
}

/** 1/2 sum_ij d^2u S_ij by differences: of the map, or of the map whose attention does not bend. */
function curvature(network: AttentionNetwork, { u, t }: WindowState, s: number[][], variant: Variant): number[] {
  const h = 1e-4;
  const n = u.length;
  const at = (moves: readonly (readonly [number, number])[]): Float64Array => {
    const moved = u.slice();
    for (const [i, by] of moves) moved[i]! += by;
    return meanFieldStep(network, { u: moved, t }).next;
  };
  const out = new Array<number>(network.features.classes).fill(0);
  const middle = at([]);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      // A correction without the bending of products of different entries is the usual way to lose terms.
      if (s[i]![k] === 0 || (variant === "diagonal-curvature" && i !== k)) continue;
      const [pp, mm, pm, mp] = [at([[i, h], [k, h]]), at([[i, -h], [k, -h]]), i === k ? middle : at([[i, h], [k, -h]]), i === k ? middle : at([[i, -h], [k, h]])];
      out.forEach((_, r) => (out[r]! += 0.5 * s[i]![k]! * ((pp[r]! - pm[r]! - mp[r]! + mm[r]!) / (4 * h * h))));
    }
  }
  return out;
}

function rowsOf(flat: Float64Array, rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, (_, r) => Array.from(flat.subarray(r * columns, (r + 1) * columns)));
}

function zeros(rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
}

function sum(n: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += term(i);
  return total;
}
