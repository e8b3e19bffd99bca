/** @file How long a small system remembers: the slowest mode of its kernel, also where it takes 1e13 tokens. */
import type { Outcome } from "@mesoscope/numerics";
import { atan2, DomainError, eigenvalues, log1p, outcome, requireInteger } from "@mesoscope/numerics";
import type { ExactChain } from "./exact-chain.js";
import { power } from "./exact-chain.js";
import { eliminateStates, stationaryWeights, timesToFirst } from "./state-elimination.js";
import { periodKernel } from "./stationary-law.js";

/** The slowest mode of a chain. */
export interface Relaxation {
  /** tau in tokens: the mode falls as e^{-t / tau}, [eq:relaxation-time]. */
  readonly time: number;
  /** 1 / tau. */
  readonly rate: number;
  /** 1 - |lambda|, with lambda the multiplier over `cycle` periods of 2^P tokens each. */
  readonly gap: number;
  /** Periods after which the mode comes back with the same sign: 1 where it decays without turning, 2 where it alternates. */
  readonly cycle: number;
  /** `elimination`: accurate for any gap. `spectrum`: from all eigenvalues of a matrix, for modes that turn by no simple fraction of a circle. */
  readonly method: "elimination" | "spectrum";
  /** Estimated relative error of the time. */
  readonly relativeError: number;
  readonly outcome: Outcome;
}

/** Largest matrix of windows: all its eigenvalues are computed. */
export const MOST_RELAXATION_STATES = 400;
const MOST_CYCLES = 16;
/** How near a turn must be to a simple fraction; eigenvalues of a matrix are not much better than that when they are close together. */
const TURN_TOLERANCE = 1e-7;
const ITERATIONS = 500;
const RESIDUAL = 1e-12;

/**
 * The slowest relaxation of the chain over windows, [eq:relaxation-time]. All eigenvalues of the kernel of one period say which mode is slowest and how it turns;
 * its gap then comes from inverse iteration with eliminated states, whose relative error does not grow with the time.
 *
 * @throws DomainError when S^L > 400, when nothing is remembered for a period (beta = 0), or when the chain falls into parts in double precision
 */
export function relaxation(chain: ExactChain, { phase = 0 }: { phase?: number } = {}): Relaxation {
  requireInteger("phase", phase, { min: 0, max: chain.period - 1 });
  const n = power(chain.states, chain.network.contextLength);
  if (n > MOST_RELAXATION_STATES) throw new DomainError({ name: "S^L", value: n, rule: `must be at most ${MOST_RELAXATION_STATES}`, remedy: "Take fewer bits, or measure autocorrelations of samples." });
  const kernel = periodKernel(chain, phase);
  const spectrum = slowestOf(kernel, n);
  const cycle = returningCycle(spectrum.turn);
  const mode = cycle === undefined ? undefined : smallGap(kernelPower(kernel, n, cycle), n);
  if (cycle !== undefined && mode !== undefined) return timed(chain, mode, cycle, "elimination");
  return timed(chain, { ...spectrum, relativeError: Math.min(1, (8 * n * Number.EPSILON) / Math.abs(spectrum.gap)) }, 1, "spectrum");
}

interface Mode {
  readonly gap: number;
  readonly relativeError: number;
  readonly outcome: Outcome;
}

function timed(chain: ExactChain, { gap, relativeError, outcome: ending }: Mode, cycle: number, method: Relaxation["method"]): Relaxation {
  const rate = gap < 1 ? -log1p(-gap) / (cycle * chain.period) : Infinity;
  if (!(rate > 0 && rate < 30)) throw new DomainError({ name: "gap", value: gap, rule: "must lie between 0 and 1", remedy: "This chain forgets everything in one period, as for beta = 0: it has no relaxation time." });
  return Object.freeze({ time: 1 / rate, rate, gap, cycle, method, relativeError, outcome: ending });
}

/** The second largest eigenvalue by size: 1 - |lambda|, and its angle as a part of a circle in [0, 1/2]. */
function slowestOf(kernel: Float64Array, n: number): { gap: number; turn: number; outcome: Outcome } {
  const { real, imaginary, outcome: ending } = eigenvalues(kernel, n);
  const sizes = real.map((x, i) => Math.sqrt(x * x + imaginary[i]! * imaginary[i]!));
  const distance = (i: number): number => Math.abs(real[i]! - 1) + Math.abs(imaginary[i]!);
  const order = [...sizes.keys()];
  // The eigenvalue 1 itself is the one nearest to 1.
  const one = order.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  const slow = order.filter((i) => i !== one).reduce((a, b) => (sizes[b]! > sizes[a]! ? b : a));
  return { gap: 1 - sizes[slow]!, turn: Math.abs(atan2(imaginary[slow]!, real[slow]!)) / (2 * Math.PI), outcome: ending };
}

/** Least q with q turn a whole number, if it is a simple fraction. */
function returningCycle(turn: number): number | undefined {
  for (let q = 1; q <= MOST_CYCLES; q += 1) if (Math.abs(q * turn - Math.round(q * turn)) <= TURN_TOLERANCE) return q;
  return undefined;
}

/** Products of nonnegative matrices keep the relative accuracy of small entries. */
function kernelPower(kernel: Float64Array, n: number, exponent: number): Float64Array {
  let product = kernel;
  for (let e = 1; e < exponent; e += 1) {
    const next = new Float64Array(n * n);
    for (let i = 0; i < n; i += 1) {
      for (let k = 0; k < n; k += 1) {
        const weight = product[i * n + k]!;
        if (weight !== 0) for (let j = 0; j < n; j += 1) next[i * n + j]! += weight * kernel[k * n + j]!;
      }
    }
    product = next;
  }
  return product;
}

/**
 * 1 - lambda for the eigenvalue nearest to 1 (but not 1) of a kernel, by inverse iteration f <- (1 - P)^# f on functions of stationary mean 0: the group inverse is
 * the time to a state, less its mean. The state is the likeliest one, so that no time is longer than the mode's own. Undefined where the iteration does not settle.
 */
function smallGap(kernel: Float64Array, n: number): Mode | undefined {
  const first = eliminateStates(kernel, n);
  const stationary = stationaryWeights(first);
  const likeliest = stationary.reduce((best, weight, i) => (weight > stationary[best]! ? i : best), 0);
  const swap = (i: number): number => (i === 0 ? likeliest : i === likeliest ? 0 : i);
  const elimination = eliminateStates(Float64Array.from({ length: n * n }, (_, at) => kernel[swap(Math.floor(at / n)) * n + swap(at % n)]!), n);
  const weights = stationaryWeights(elimination);
  const product = (f: Float64Array, g: Float64Array): number => f.reduce((sum, x, i) => sum + weights[i]! * x * g[i]!, 0);
  const centred = (f: Float64Array): Float64Array => {
    const mean = f.reduce((sum, x, i) => sum + weights[i]! * x, 0);
    return f.map((x) => x - mean);
  };
  const normalised = (f: Float64Array): Float64Array => {
    const size = Math.sqrt(product(f, f));
    return f.map((x) => x / size);
  };
  let f = normalised(centred(Float64Array.from({ length: n }, (_, i) => (i * 0.6180339887498949) % 1)));
  for (let i = 1; i <= ITERATIONS; i += 1) {
    const longer = centred(timesToFirst(elimination, f));
    const factor = product(f, longer);
    const off = longer.map((x, s) => x / factor - f[s]!);
    const residual = Math.sqrt(product(off, off));
    f = normalised(longer);
    if (residual <= RESIDUAL) return { gap: 1 / factor, relativeError: residual + 4 * n * Number.EPSILON, outcome: outcome("converged", `after ${i} inverse iterations`) };
  }
  return undefined;
}
