/** @file Kernels of a perceptron layer: E phi(u) phi(v) and E phi'(u) phi'(v) over normals u, v of a given covariance. */
import { DomainError, acos, asin, exp, tanh } from "@mesoscope/numerics";
import { erfc } from "@mesoscope/special-functions";
import type { TokenKernel } from "./token-kernel.js";

/** erf stands for erf(x / sqrt 2); gelu is x Phi(x), with the exact normal distribution function. */
export type Activation = "relu" | "erf" | "gelu" | "tanh";

export interface PerceptronKernels {
  /** (n, n) Phi = E phi(u) phi(v). */
  readonly phi: Float64Array;
  /** (n, n) Phi' = E phi'(u) phi'(v). */
  readonly slope: Float64Array;
}

type PairKernel = (uu: number, uv: number, vv: number, step: number) => readonly [phi: number, slope: number];

/**
 * Phi and Phi' of all pairs of tokens [eq:perceptron-kernels]: closed for relu and erf, by the trapezoidal rule of the given step in standard normals for gelu and tanh (its error falls as
 * exp(-2 pi a / step), a the distance of the nearest pole, pi/2 over the standard deviation for tanh).
 *
 * @param step of the trapezoidal rule
 * @throws DomainError for another activation
 */
export function perceptronKernelsAt({ inputs, tokens, matrix }: TokenKernel, activation: Activation, step: number): PerceptronKernels {
  const n = inputs * tokens;
  const pair = KERNELS[activation] as PairKernel | undefined;
  if (pair === undefined) {
    throw new DomainError({ name: "activation", value: activation, rule: "must be relu, erf, gelu or tanh", remedy: "Give one of the four." });
  }
  const [phi, slope] = [new Float64Array(n * n), new Float64Array(n * n)];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const [value, derivative] = pair(matrix[i * n + i]!, matrix[i * n + j]!, matrix[j * n + j]!, step);
      phi[i * n + j] = phi[j * n + i] = value;
      slope[i * n + j] = slope[j * n + i] = derivative;
    }
  }
  return { phi, slope };
}

/** Whether the kernels need no quadrature. */
export function isClosed(activation: Activation): boolean {
  return activation === "relu" || activation === "erf";
}

const KERNELS: Readonly<Record<Activation, PairKernel>> = {
  relu: (uu, uv, vv) => {
    const size = Math.sqrt(uu * vv);
    if (!(size > 0)) return [0, 0.25];
    const cosine = Math.min(1, Math.max(-1, uv / size));
    const angle = acos(cosine);
    // The sine by the factors of 1 - cos^2, which do not cancel near 1.
    const sine = Math.sqrt((1 - cosine) * (1 + cosine));
    return [(size * (sine + (Math.PI - angle) * cosine)) / (2 * Math.PI), (Math.PI - angle) / (2 * Math.PI)];
  },
  erf: (uu, uv, vv) => {
    const square = (1 + uu) * (1 + vv);
    return [(2 / Math.PI) * asin(uv / Math.sqrt(square)), 2 / Math.PI / Math.sqrt(square - uv * uv)];
  },
  gelu: byTrapezoid((x) => x * normalDistribution(x), (x) => normalDistribution(x) + (x * exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)),
  tanh: byTrapezoid(tanh, (x) => {
    const t = tanh(x);
    return 1 - t * t;
  }),
};

function normalDistribution(x: number): number {
  return erfc(-x / Math.SQRT2) / 2;
}

/** Half-width of the trapezoidal rule: beyond it a normal has 1e-17 of its mass. */
const REACH = 8.6;

function byTrapezoid(value: (x: number) => number, derivative: (x: number) => number): PairKernel {
  return (uu, uv, vv, step) => {
    const half = Math.ceil(REACH / step);
    const h = REACH / half;
    const spread = Math.sqrt(uu);
    const common = spread > 0 ? uv / spread : 0;
    const own = Math.sqrt(Math.max(vv - common * common, 0));
    const weights = Float64Array.from({ length: 2 * half + 1 }, (_, k) => exp((-(k - half) * (k - half) * h * h) / 2));
    const mass = weights.reduce((sum, w) => sum + w, 0);
    let [phi, slope] = [0, 0];
    for (let k = 0; k < weights.length; k++) {
      const z = (k - half) * h;
      let [mean, meanSlope] = [0, 0];
      for (let l = 0; l < weights.length; l++) {
        if (weights[k]! * weights[l]! < 1e-18) continue;
        const v = common * z + own * (l - half) * h;
        mean += weights[l]! * value(v);
        meanSlope += weights[l]! * derivative(v);
      }
      phi += weights[k]! * value(spread * z) * mean;
      slope += weights[k]! * derivative(spread * z) * meanSlope;
    }
    return [phi / (mass * mass), slope / (mass * mass)];
  };
}
