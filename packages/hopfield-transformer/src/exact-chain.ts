/** @file Small systems without chance: every token or every vector of class counts a state, every window of them a row of the kernel. */
import { DomainError, exp, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { AttentionNetwork } from "./attention-network.js";
import { referenceFields } from "./attention-reference.js";
import { attentionWindow } from "./attention-window.js";
import { binomialLaw } from "./binomial-law.js";
import { requireSingleBits } from "./bitwise-chain.js";
import type { FiniteHead } from "./finite-head.js";

/**
 * A chain on windows of S states, [eq:window-kernel]. The window (s_0, s_1, ..., s_{l-1}), newest first, is row s_0 + S s_1 + S^2 s_2 + ... of a kernel.
 */
export interface ExactChain {
  readonly network: AttentionNetwork;
  /** `tokens`: all 2^N tokens, bit 0 the most significant, +1 the digit 1. `counts`: all vectors K_c in 0..n_c, class 0 the most significant. */
  readonly level: "tokens" | "counts";
  /** States S of one token. */
  readonly states: number;
  /** u (S, C) of each state. */
  readonly tokens: Float64Array;
  /** 2^P: kernels depend on the phase of the newest token. */
  readonly period: number;
  /** Probabilities (S^l, S) of the next state given a window of l tokens whose newest has this phase. Made once and kept. */
  readonly kernel: (length: number, phase: number) => Float64Array;
}

/** What exact chains may cost. */
export interface ExactOptions {
  /** Most numbers that the kernels of all phases may have, S^{L+1} 2^P; default 1e7, that is 80 MB. */
  readonly costLimit?: number;
}

const COST_LIMIT = 1e7;

/**
 * Every token a state: the literal softmax over the vocabulary of 2^N, [eq:one-bit-softmax].
 *
 * @param network its classes single bits, see {@link singleBits}
 * @throws DomainError when that would cost more than the limit, or classes are not single bits
 */
export function tokenChain(network: AttentionNetwork, options: ExactOptions = {}): ExactChain {
  const n = requireSingleBits(network);
  const states = 2 ** n;
  const tokens = Float64Array.from({ length: requireCost(network, states, options) * n }, (_, at) => (Math.floor(at / n) & (2 ** (n - 1 - (at % n))) ? 1 : -1));
  const rows = Array.from({ length: states }, (_, s) => tokens.subarray(s * n, (s + 1) * n));
  const nextLaw = (window: readonly number[], phase: number, out: Float64Array): void => {
    const { fields } = referenceFields(network, window.map((s) => rows[s]!), phase);
    const logits = rows.map((x) => network.beta * x.reduce((sum, bit, i) => sum + bit * fields[i]!, 0));
    const top = logits.reduce((a, b) => Math.max(a, b));
    logits.forEach((logit, s) => (out[s] = exp(logit - top)));
    const sum = out.reduce((a, b) => a + b, 0);
    out.forEach((weight, s) => (out[s] = weight / sum));
  };
  return withKernels({ network, level: "tokens", states, tokens }, nextLaw);
}

/**
 * Every vector of class counts a state, with prod_c (n_c + 1) of them: the product of binomial laws, [eq:class-binomial]. Exact for the overlaps of any head.
 *
 * @throws DomainError when that would cost more than the limit
 */
export function countChain({ network, sizes }: FiniteHead, options: ExactOptions = {}): ExactChain {
  const classes = sizes.length;
  const states = sizes.reduce((product, n) => product * (n + 1), 1);
  const tokens = new Float64Array(requireCost(network, states, options) * classes);
  for (let s = 0; s < states; s += 1) {
    let left = s;
    for (let c = classes - 1; c >= 0; c -= 1) {
      tokens[s * classes + c] = (2 * (left % (sizes[c]! + 1))) / sizes[c]! - 1;
      left = Math.floor(left / (sizes[c]! + 1));
    }
  }
  const machine = attentionWindow(network);
  const fields = new Float64Array(classes);
  const nextLaw = (window: readonly number[], phase: number, out: Float64Array): void => {
    const u = new Float64Array(window.length * classes);
    window.forEach((s, d) => {
      u.set(tokens.subarray(s * classes, (s + 1) * classes), d * classes);
    });
    machine.startFromWindow(u, phase);
    machine.fields(fields);
    out[0] = 1;
    let filled = 1;
    // Class by class from the last (fastest) digit; from above, so that nothing is overwritten before it is read.
    for (let c = classes - 1; c >= 0; c -= 1) {
      const law = binomialLaw(sizes[c]!, network.beta * fields[c]!);
      for (let k = law.length - 1; k >= 0; k -= 1) for (let j = 0; j < filled; j += 1) out[k * filled + j] = law[k]! * out[j]!;
      filled *= law.length;
    }
  };
  return withKernels({ network, level: "counts", states, tokens }, nextLaw);
}

/**
 * The state whose magnetisations are u (C).
 * @throws DomainError when there is none
 */
export function stateOf({ tokens, states, network }: ExactChain, u: ArrayLike<number>): number {
  const { classes } = network.features;
  for (let s = 0; s < states; s += 1) {
    let distance = u.length === classes ? 0 : Infinity;
    for (let c = 0; c < classes; c += 1) distance = Math.max(distance, Math.abs(tokens[s * classes + c]! - u[c]!));
    if (distance < 1e-9) return s;
  }
  throw new DomainError({ name: "u", value: Array.from(u).join(), rule: "must be a token of this system", remedy: "Take 2 K / n - 1 with an integer K for each class, see nearestToken." });
}

function withKernels(chain: Omit<ExactChain, "kernel" | "period">, nextLaw: (window: readonly number[], phase: number, out: Float64Array) => void): ExactChain {
  const { network: { contextLength, features: { positionalBits } }, states } = chain;
  const period = 2 ** positionalBits;
  const kept = new Map<string, Float64Array>();
  const kernel = (length: number, phase: number): Float64Array => {
    requireInteger("length", length, { min: 1, max: contextLength });
    requireInteger("phase", phase, { min: 0, max: period - 1 });
    const name = `${length} ${phase}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const rows = power(states, length);
    const out = new Float64Array(rows * states);
    const window = new Array<number>(length);
    for (let row = 0; row < rows; row += 1) {
      let left = row;
      for (let d = 0; d < length; d += 1) {
        window[d] = left % states;
        left = Math.floor(left / states);
      }
      nextLaw(window, phase, out.subarray(row * states, (row + 1) * states));
    }
    kept.set(name, out);
    return out;
  };
  return Object.freeze({ ...chain, period, kernel });
}

/** The states, if windows of them can be enumerated. */
function requireCost({ contextLength, features: { positionalBits } }: AttentionNetwork, states: number, { costLimit = COST_LIMIT }: ExactOptions): number {
  requirePositive("costLimit", costLimit);
  let cost = 2 ** positionalBits;
  for (let l = 0; l <= contextLength; l += 1) cost *= states;
  if (cost <= costLimit) return states;
  throw new DomainError({
    name: "cost of enumeration S^(L+1) 2^P",
    value: cost,
    rule: `must be at most ${costLimit} for S = ${states}, L = ${contextLength}`,
    remedy: "Sample it with sampleReplicas, which is exact in distribution at any size; or take fewer bits, or raise costLimit (8 bytes each).",
  });
}

/** base^exponent by multiplication: integers stay exact. */
export function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i += 1) product *= base;
  return product;
}
