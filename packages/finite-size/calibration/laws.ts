/** @file The laws of the replicas: mean 0, standard deviation 1, and a known shape. */
import type { Stream } from "@mesoscope/numerics";

export interface Law {
  readonly id: string;
  readonly title: string;
  readonly kurtosis: number;
  readonly median: number;
  readonly draw: (stream: Stream) => number;
}

/** Half the distance of two modes, and the width of each, with variance 1. */
const MODE = 1 / Math.sqrt(1.09);
/** Two modes four widths apart, one in five on the upper: mean 0.8, variance 1 + 16 / 5 * 4 / 5. */
const UNEVEN_SD = Math.sqrt(3.56);

function student5(stream: Stream): number {
  const z = stream.normal();
  let square = 0;
  for (let i = 0; i < 5; i++) {
    const g = stream.normal();
    square += g * g;
  }
  // Variance of Student's law: nu / (nu - 2) = 5 / 3.
  return z / Math.sqrt(square / 3);
}

export const LAWS = {
  normal: { id: "normal", title: "normal", kurtosis: 3, median: 0, draw: (stream) => stream.normal() },
  student5: { id: "student5", title: "Student, 5 degrees of freedom", kurtosis: 9, median: 0, draw: student5 },
  exponential: { id: "exponential", title: "exponential", kurtosis: 9, median: -0.3068528194400547, draw: (stream) => stream.exponential() - 1 },
  bimodal: {
    id: "bimodal",
    title: "two equal modes",
    // E x^4 of +-1 + 0.3 z over the variance squared: (1 + 6 * 0.09 + 3 * 0.0081) / 1.09^2.
    kurtosis: 1.5643 / 1.1881,
    median: 0,
    draw: (stream) => MODE * ((stream.uniform() < 0.5 ? -1 : 1) + 0.3 * stream.normal()),
  },
  uneven: {
    id: "uneven",
    title: "two modes, one in five",
    // Fourth central moment of 4 Bernoulli(1/5) + z: 256 * 0.0832 + 6 * 2.56 + 3.
    kurtosis: (256 * 0.0832 + 6 * 2.56 + 3) / (3.56 * 3.56),
    median: Number.NaN,
    draw: (stream) => ((stream.uniform() < 0.2 ? 4 : 0) + stream.normal() - 0.8) / UNEVEN_SD,
  },
} as const satisfies Record<string, Law>;

export type LawId = keyof typeof LAWS;
