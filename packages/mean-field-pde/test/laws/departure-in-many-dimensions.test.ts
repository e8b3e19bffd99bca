import { key } from "@mesoscope/numerics";
import { uniformTokens } from "@mesoscope/particle-flow";
import { expect, test } from "vitest";
import { departureLaw } from "../../src/index.js";

const DT = 0.1;

/** First time at which |mean token| >= r under x' = m - <m, x> x, which both flows are at beta = 0; Runge-Kutta 4. */
function departureTime(x: Float64Array, d: number, r: number): number {
  const n = x.length / d;
  const mean = (y: Float64Array): Float64Array => {
    const m = new Float64Array(d);
    for (let i = 0; i < y.length; i++) m[i % d]! += y[i]! / n;
    return m;
  };
  const drift = (y: Float64Array): Float64Array => {
    const m = mean(y);
    const v = new Float64Array(y.length);
    for (let i = 0; i < n; i++) {
      let along = 0;
      for (let k = 0; k < d; k++) along += m[k]! * y[i * d + k]!;
      for (let k = 0; k < d; k++) v[i * d + k] = m[k]! - along * y[i * d + k]!;
    }
    return v;
  };
  const moved = (y: Float64Array, v: Float64Array, h: number): Float64Array => y.map((value, i) => value + h * v[i]!);
  const power = (y: Float64Array): number => Math.log(mean(y).reduce((sum, value) => sum + value * value, 0) / (r * r));
  let state = x;
  let before = power(state);
  for (let step = 0; ; step++) {
    if (before >= 0) return step * DT;
    const a = drift(state);
    const b = drift(moved(state, a, DT / 2));
    const c = drift(moved(state, b, DT / 2));
    const e = drift(moved(state, c, DT));
    state = state.map((value, i) => value + (DT / 6) * (a[i]! + 2 * b[i]! + 2 * c[i]! + e[i]!));
    const now = power(state);
    // ln S is nearly straight: a chord is good to 1e-3 of a step.
    if (now >= 0) return (step + before / (before - now)) * DT;
    before = now;
  }
}

// Two-sided 3.3 standard errors, alpha = 0.001 each; fixed seed.
test.each([[3, 250], [8, 250]] as const)("beta = 0, d = %d: the chi-squared law of the departure of degree 1", (d, count) => {
  const n = 128;
  const r = 0.4;
  const law = departureLaw({ flow: "SA", beta: 0, d, k: 1, n, r });
  const times = Array.from({ length: count }, (_, replica) => {
    const x = new Float64Array(n * d);
    uniformTokens(key("departure").fold(d, replica).stream(), d, x);
    return departureTime(x, d, r);
  });
  const mean = times.reduce((sum, t) => sum + t, 0) / count;
  const sd = Math.sqrt(times.reduce((sum, t) => sum + (t - mean) ** 2, 0) / (count - 1));
  // The law is of leading order: 1/n of the rate is left out.
  expect(Math.abs(mean - law.mean)).toBeLessThan((3.3 * sd) / Math.sqrt(count) + law.mean / n);
  expect(Math.abs(sd / law.sd - 1)).toBeLessThan(3.3 * Math.sqrt(4 / (4 * count)));
});
