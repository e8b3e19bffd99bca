/** @file The direction in which a periodic orbit is about to lose its stability, and how far a window is along it. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, isConverged, leastSquares } from "@mesoscope/numerics";
import type { PeriodicOrbit } from "../orbits/periodic-orbit.js";
import { returnMap } from "../orbits/return-map.js";
import type { Multiplier } from "../closed-forms/window-multipliers.js";

/** A vector of complex numbers. */
export interface ComplexVector {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** The leading multiplier of an orbit with its vectors. Windows are newest token first (L C). */
export interface CriticalMode {
  /** `scalar` for a real multiplier (pitchfork, flip), `complex` for a pair (Neimark-Sacker). */
  readonly kind: "scalar" | "complex";
  /** Of the map over one period, imaginary part >= 0. */
  readonly multiplier: Multiplier;
  /** Right vector r; the largest entry of its newest token is 1. A window off the orbit by Re(z r) has the amplitude z. */
  readonly right: ComplexVector;
  /** Left vector l with z = l . (U - U*), without conjugation. */
  readonly left: ComplexVector;
  readonly orbit: PeriodicOrbit;
  /** Monodromy (L C, L C). */
  readonly monodromy: Float64Array;
  /** Amplitude of a window (L C) whose newest token has the phase of the orbit's window: real and imaginary part, written to `out`. */
  readonly amplitude: (u: ArrayLike<number>, out: Float64Array) => Float64Array;
}

/** An angle below this, in parts of a full turn, is none. */
const REAL = 1e-7;

/**
 * The leading mode of an orbit, stable or not, by inverse iteration on its monodromy and on the transpose [eq:one-bit-normal-form].
 *
 * @throws DomainError if the orbit did not converge, or nothing of the window is remembered for a period
 */
export function criticalMode(network: AttentionNetwork, orbit: PeriodicOrbit): CriticalMode {
  const first = orbit.multipliers[0];
  if (!isConverged(orbit.outcome) || first === undefined || first.modulus === 0) {
    throw new DomainError({ name: "orbit", value: orbit.outcome.kind, rule: "must be converged, with a leading multiplier other than 0", remedy: "Start periodicOrbit nearer to the orbit that is meant." });
  }
  const { u, t } = orbit.window;
  const n = u.length;
  const { monodromy } = returnMap(network, t, orbit.period, n)(u);
  const multiplier = { ...first, imaginary: Math.abs(first.imaginary) };
  const kind = multiplier.imaginary > REAL * multiplier.modulus ? "complex" : "scalar";
  const right = normalised(eigenvector(monodromy, n, multiplier), network.features.classes);
  const raw = eigenvector(monodromy.map((_, at) => monodromy[(at % n) * n + Math.floor(at / n)]!), n, multiplier);
  // U - U* = Re(z r) = (z r + conjugate)/2: with l . r = 2 the projection is z, for a real mode with l . r = 1.
  const left = scaled(raw, divided({ re: kind === "complex" ? 2 : 1, im: 0 }, bilinear(raw, right)));
  const amplitude = (window: ArrayLike<number>, out: Float64Array): Float64Array => {
    let [re, im] = [0, 0];
    for (let i = 0; i < n; i++) {
      const off = window[i]! - u[i]!;
      re += left.real[i]! * off;
      im += left.imaginary[i]! * off;
    }
    out[0] = re;
    out[1] = im;
    return out;
  };
  return { kind, multiplier, right, left, orbit, monodromy, amplitude };
}

interface Complex {
  readonly re: number;
  readonly im: number;
}

/** (A - mu) x = y, three times, with mu moved by a part in 1e10 so that the matrix can be solved. Complex numbers as pairs of real ones. */
function eigenvector(a: Float64Array, n: number, { real, imaginary }: Multiplier): ComplexVector {
  const size = 2 * n;
  const matrix = new Float64Array(size * size);
  const [re, im] = [real * (1 + 1e-10) + 1e-12, imaginary * (1 + 1e-10)];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * size + j] = matrix[(i + n) * size + j + n] = a[i * n + j]! - (i === j ? re : 0);
    matrix[i * size + i + n] = im;
    matrix[(i + n) * size + i] = -im;
  }
  let x = Float64Array.from({ length: size }, (_, i) => 1 / (1 + ((7 * i) % 11)));
  for (let k = 0; k < 3; k++) {
    const { x: next } = leastSquares(matrix, x, size, size, { tolerance: 1e-18 });
    const length = Math.sqrt(next.reduce((sum, entry) => sum + entry * entry, 0));
    x = next.map((entry) => entry / length);
  }
  return { real: x.slice(0, n), imaginary: x.slice(n) };
}

function normalised(vector: ComplexVector, classes: number): ComplexVector {
  const size = (i: number): number => vector.real[i]! * vector.real[i]! + vector.imaginary[i]! * vector.imaginary[i]!;
  let largest = 0;
  for (let c = 1; c < classes; c++) if (size(c) > size(largest) * (1 + 1e-9)) largest = c;
  return scaled(vector, divided({ re: 1, im: 0 }, { re: vector.real[largest]!, im: vector.imaginary[largest]! }));
}

function scaled({ real, imaginary }: ComplexVector, { re, im }: Complex): ComplexVector {
  return { real: real.map((x, i) => x * re - imaginary[i]! * im), imaginary: real.map((x, i) => x * im + imaginary[i]! * re) };
}

function bilinear(a: ComplexVector, b: ComplexVector): Complex {
  let [re, im] = [0, 0];
  a.real.forEach((x, i) => {
    re += x * b.real[i]! - a.imaginary[i]! * b.imaginary[i]!;
    im += x * b.imaginary[i]! + a.imaginary[i]! * b.real[i]!;
  });
  return { re, im };
}

function divided(a: Complex, b: Complex): Complex {
  const size = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
}
