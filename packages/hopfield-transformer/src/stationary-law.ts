/** @file The law that stays: by iteration of the kernel of one period, or by elimination where the chain mixes too slowly for that. */
import type { Outcome } from "@mesoscope/numerics";
import { DomainError, exp, log, log1p, outcome, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { ExactChain } from "./exact-chain.js";
import { power } from "./exact-chain.js";
import type { FiniteHead } from "./finite-head.js";
import { eliminateStates, stationaryWeights } from "./state-elimination.js";
import type { WindowLaw } from "./window-law.js";
import { propagate } from "./window-law.js";

/** How {@link stationaryLaw} goes about it. */
export interface StationaryOptions {
  /** Phase of the newest token at which the law is wanted; default 0. */
  readonly phase?: number;
  /** `iteration` of the kernel of 2^P tokens, or `elimination`, which no slow mode disturbs but which needs S^L <= 1500. */
  readonly method: "iteration" | "elimination";
  /** Iteration ends when three opposite starts have come this near to each other, in the sum of absolute differences. */
  readonly tolerance?: number;
  /** Periods at most; default 10,000. */
  readonly maxIterations?: number;
}

/** A stationary law of full windows. */
export interface StationaryLaw {
  readonly window: WindowLaw;
  /** `converged`, or `budget-exhausted` when the chain mixes more slowly than that. */
  readonly outcome: Outcome;
  readonly iterations: number;
  /** Sum of absolute differences between starts (iteration), or estimated from roundings (elimination). */
  readonly error: number;
}

/** Largest matrix that elimination takes: n^3 / 3 multiplications. */
export const MOST_ELIMINATED_STATES = 1500;

/**
 * Stationary law of windows at a phase, [eq:window-kernel].
 *
 * @throws DomainError for a phase outside 0..2^P - 1, too many windows for elimination, or iteration without a tolerance
 */
export function stationaryLaw(chain: ExactChain, { phase = 0, method, tolerance, maxIterations = 10_000 }: StationaryOptions): StationaryLaw {
  requireInteger("phase", phase, { min: 0, max: chain.period - 1 });
  const length = chain.network.contextLength;
  const n = power(chain.states, length);
  requireInteger("maxIterations", maxIterations, { min: 1 });
  if (method === "elimination") {
    const law = stationaryWeights(eliminateStates(periodKernel(chain, phase), n));
    return Object.freeze({ window: { length, time: phase, law }, outcome: outcome("converged", "eliminated"), iterations: 0, error: n * Number.EPSILON });
  }
  requirePositive("tolerance", tolerance ?? Number.NaN, "Iteration needs a tolerance, for example 1e-12.");
  return iterate(chain, n, { phase, tolerance: tolerance!, maxIterations });
}

/**
 * Three starts at once: the uniform law, and the windows of the first and of the last state alone. What moves little may still be far from the end, in a chain with
 * wells that it rarely leaves; only laws of different starts that have become one tell that it has forgotten them.
 */
function iterate(chain: ExactChain, n: number, { phase, tolerance, maxIterations }: { phase: number; tolerance: number; maxIterations: number }): StationaryLaw {
  const length = chain.network.contextLength;
  const start = (law: Float64Array): WindowLaw => ({ length, time: phase, law });
  const alone = (w: number): WindowLaw => start(new Float64Array(n).fill(1, w, w + 1));
  const period = (window: WindowLaw): WindowLaw => start(propagate(chain, window, chain.period).law);
  let laws = [start(new Float64Array(n).fill(1 / n)), alone(0), alone(n - 1)];
  let error = 2;
  for (let i = 1; i <= maxIterations; i += 1) {
    laws = laws.map(period);
    const [uniform, ...others] = laws;
    error = Math.max(...others.map(({ law }) => law.reduce((sum, weight, w) => sum + Math.abs(weight - uniform!.law[w]!), 0)));
    if (error <= tolerance) return Object.freeze({ window: uniform!, outcome: outcome("converged", `three starts agree after ${i} periods`), iterations: i, error });
  }
  return Object.freeze({ window: laws[0]!, outcome: outcome("budget-exhausted", `three starts still differ by ${error}; use elimination, or more iterations`), iterations: maxIterations, error });
}

/**
 * The kernel of 2^P tokens between full windows whose newest token has this phase: (S^L, S^L).
 * @throws DomainError when S^L > 1500
 */
export function periodKernel(chain: ExactChain, phase: number): Float64Array {
  const length = chain.network.contextLength;
  const n = power(chain.states, length);
  if (n > MOST_ELIMINATED_STATES) throw new DomainError({ name: "S^L", value: n, rule: `must be at most ${MOST_ELIMINATED_STATES} for a matrix of windows`, remedy: "Use iteration (stationary law), or measure autocorrelations of samples (relaxation)." });
  const out = new Float64Array(n * n);
  const law = new Float64Array(n);
  for (let w = 0; w < n; w += 1) {
    law.fill(0);
    law[w] = 1;
    out.set(propagate(chain, { length, time: phase, law }, chain.period).law, w * n);
  }
  return out;
}

/**
 * The stationary law of counts in closed form for L = 1, v = o and eps = 0: proportional to prod_c C(n_c, K_c) (2 cosh beta h_c)^{n_c}, [eq:peretto]. In the order of
 * {@link countChain}.
 *
 * @throws DomainError for another head
 */
export function perettoLaw({ network, sizes }: FiniteHead, chain: ExactChain): Float64Array {
  const { features: { features: m, classes, weights, xi }, beta, contextLength, positionalWeight } = network;
  const other = contextLength !== 1 || positionalWeight !== 0 || xi.o.some((entry, at) => entry !== xi.v[at]);
  if (other || chain.level !== "counts") throw new DomainError({ name: "head", value: `L = ${contextLength}, eps = ${positionalWeight}`, rule: "must have L = 1, v = o and eps = 0, enumerated by counts", remedy: "Use stationaryLaw." });
  const logarithms = Float64Array.from({ length: chain.states }, (_, s) => {
    const u = chain.tokens.subarray(s * classes, (s + 1) * classes);
    const overlap = Array.from({ length: m }, (__, a) => u.reduce((sum, one, c) => sum + weights[c]! * xi.v[a * classes + c]! * one, 0));
    return u.reduce((sum, one, c) => {
      const x = Math.abs(beta * overlap.reduce((h, one_, a) => h + xi.o[a * classes + c]! * one_, 0));
      const n = sizes[c]!;
      return sum + logChoose(n, Math.round((n * (1 + one)) / 2)) + n * (x + log1p(exp(-2 * x)));
    }, 0);
  });
  const top = logarithms.reduce((a, b) => Math.max(a, b));
  const law = logarithms.map((x) => exp(x - top));
  const sum = law.reduce((a, b) => a + b, 0);
  return law.map((weight) => weight / sum);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let j = 1; j <= Math.min(k, n - k); j += 1) sum += log((n - j + 1) / j);
  return sum;
}

/** A valley of a law on a line. */
export interface Barrier {
  /** ln of the lower of two peaks over the valley between them, the largest of all such: escape takes of the order of e^height. */
  readonly height: number;
  readonly peaks: readonly [number, number];
  readonly valley: number;
}

/** The deepest valley of a law on a line of states (one class, L = 1), or undefined for a law with one peak. */
export function deepestValley(law: ArrayLike<number>): Barrier | undefined {
  let best: Barrier | undefined;
  let left = 0;
  const highestFrom = new Int32Array(law.length);
  for (let s = law.length - 1; s >= 0; s -= 1) highestFrom[s] = s === law.length - 1 || law[s]! > law[highestFrom[s + 1]!]! ? s : highestFrom[s + 1]!;
  for (let s = 1; s < law.length - 1; s += 1) {
    if (law[s]! > law[left]!) left = s;
    const right = highestFrom[s + 1]!;
    const height = log(Math.min(law[left]!, law[right]!) / law[s]!);
    if (height > (best?.height ?? 0)) best = Object.freeze({ height, peaks: [left, right] as const, valley: s });
  }
  return best;
}
