/** @file The three harmonic kernels in their fast form: replica by replica, so that the data of one stay in the cache for all its steps. */
import type { HarmonicParameters, HarmonicStepParameters, MomentParameters } from "../parameters.js";
import { circleField, evenLength } from "./field.js";
import { momentScratch, momentSums } from "./moment-sums.js";
import type { CirclePoints } from "./unit-circle.js";
import { turn, unitCircle } from "./unit-circle.js";

function circlePoints(n: number): CirclePoints {
  return { cosine: new Float64Array(evenLength(n)), sine: new Float64Array(evenLength(n)) };
}

/** "harmonic-moments": theta (R, n) -> (R, K + 1, 2). */
export function momentsKernel({ batch, n, order }: MomentParameters): (theta: Float64Array, out: Float64Array) => void {
  const points = circlePoints(n);
  const even = evenLength(order);
  const sums = momentScratch(even);
  return (theta, out) => {
    for (let replica = 0; replica < batch; replica += 1) {
      unitCircle(theta, replica * n, n, points.cosine, points.sine);
      momentSums(points.cosine, points.sine, evenLength(n) / 2, even, sums);
      const at = replica * (order + 1) * 2;
      out[at] = 1;
      out[at + 1] = 0;
      for (let k = 1; k <= order; k += 1) {
        out[at + 2 * k] = sums.re[k - 1]! / n;
        out[at + 2 * k + 1] = sums.im[k - 1]! / n;
      }
    }
  };
}

/** "harmonic-drift": theta (R, n) -> (R, n). */
export function driftKernel(p: HarmonicParameters): (theta: Float64Array, out: Float64Array) => void {
  const { batch, n } = p;
  const field = circleField(p);
  const points = circlePoints(n);
  const velocity = new Float64Array(evenLength(n));
  return (theta, out) => {
    for (let replica = 0; replica < batch; replica += 1) {
      unitCircle(theta, replica * n, n, points.cosine, points.sine);
      field(points.cosine, points.sine, velocity);
      for (let i = 0; i < n; i += 1) out[replica * n + i] = velocity[i]!;
    }
  };
}

/** One term of a Runge-Kutta combination, zeros left out. */
interface Term {
  readonly stage: number;
  readonly weight: number;
}

/** "harmonic-step": `repeat` steps of theta (R, n) in place. */
export function stepKernel(p: HarmonicStepParameters): (theta: Float64Array, repeat: number) => void {
  const { batch, n, dt, tableau } = p;
  const field = circleField(p);
  const start = circlePoints(n);
  const points = circlePoints(n);
  const terms = (row: readonly number[]): Term[] => row.map((weight, stage) => ({ stage, weight: dt * weight })).filter(({ weight }) => weight !== 0);
  const final = terms(tableau.b);
  // Stages after the last weight (the extra stage of an embedded pair) are never evaluated.
  const stages = tableau.a.slice(0, final.reduce((count, { stage }) => Math.max(count, stage + 1), 0)).map(terms);
  const slopes = stages.map(() => new Float64Array(evenLength(n)));
  const delta = new Float64Array(n);
  const combine = (row: readonly Term[]): void => {
    delta.fill(0);
    for (const { stage, weight } of row) {
      const slope = slopes[stage]!;
      for (let i = 0; i < n; i += 1) delta[i]! += weight * slope[i]!;
    }
  };
  const step = (theta: Float64Array, from: number): void => {
    unitCircle(theta, from, n, start.cosine, start.sine);
    for (const [stage, row] of stages.entries()) {
      if (row.length === 0) {
        field(start.cosine, start.sine, slopes[stage]!);
      } else {
        combine(row);
        turn(start, delta, theta, from, n, points);
        field(points.cosine, points.sine, slopes[stage]!);
      }
    }
    combine(final);
    for (let i = 0; i < n; i += 1) theta[from + i]! += delta[i]!;
  };
  return (theta, repeat) => {
    for (let replica = 0; replica < batch; replica += 1) {
      for (let count = 0; count < repeat; count += 1) step(theta, replica * n);
    }
  };
}
