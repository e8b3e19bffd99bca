import { describe, expect, test } from "vitest";
import { linearNoise, meanFieldMap, orbitFluctuations, overlapFluctuations, periodicOrbit, windowStart } from "../../../src/hopfield/index.js";
import { begun, caseOf, largestDifference, networkOf, type Rows } from "../cases.js";

/** Relative to the largest entry of its kind: the entries span decades. */
function relative(own: ArrayLike<number>, expected: readonly number[]): number {
  return largestDifference(own, expected) / Math.max(1e-300, ...expected.map(Math.abs));
}

describe("linear noise against the independent reference", () => {
  test("four classes with positions, from one token: classes, shift, and overlaps with class sizes given and drawn", () => {
    const one = caseOf<{ u: Rows; cov: readonly Rows[]; mean_shift: Rows; mo_cov_thermal: readonly Rows[]; mo_cov_quenched: readonly Rows[] }>("lna-mix");
    const { network, start } = begun(one);
    const { classes, features } = network.features;
    const [given, drawn] = [linearNoise(network, start), linearNoise(network, start, { quenched: true, shift: false })];
    const { u, cov, mean_shift: shift, mo_cov_thermal: thermal, mo_cov_quenched: quenched } = one.expected;
    expect(u.length).toBe(15);
    u.forEach((row, t) => {
      given.step();
      drawn.step();
      expect(largestDifference(given.map.u, row)).toBeLessThan(1e-12);
      const { covariance, shift: moved } = given.ordered();
      const size = given.size;
      const newest = Array.from({ length: classes * classes }, (_, k) => covariance[Math.floor(k / classes) * size + (k % classes)]!);
      expect(relative(newest, cov[t]!.flat())).toBeLessThan(one.tol!);
      expect(largestDifference(moved.subarray(0, classes), shift[t]!)).toBeLessThan(one.tol! * Math.max(1, ...shift[t]!.map(Math.abs)));
      const own = given.overlapCovariance(new Float64Array(features * features));
      expect(relative(own, thermal[t]!.flat())).toBeLessThan(one.tol!);
      const both = drawn.overlapCovariance(new Float64Array(features * features));
      const sum = thermal[t]!.flat().map((value, k) => value + quenched[t]!.flat()[k]!);
      expect(relative(both, sum)).toBeLessThan(one.tol!);
      // The variant that must be told apart: drawn sizes left out.
      expect(relative(own, sum)).toBeGreaterThan(0.01);
    });
  });

  test("the published system in chaos, from a full window: overlaps, covariance and shift of twenty tokens", () => {
    const one = caseOf<{ mo: Rows; mo_cov: readonly Rows[]; mo_mean_shift: Rows }>("lna-paper3");
    const { network, start } = begun(one);
    const known = overlapFluctuations(network, start, one.expected.mo.map((_, i) => i + 1), {});
    const m = network.features.features;
    one.expected.mo.forEach((mo, i) => {
      expect(largestDifference(known.overlaps.subarray(i * m, (i + 1) * m), mo)).toBeLessThan(1e-10);
      expect(relative(known.covariance.subarray(i * m * m, (i + 1) * m * m), one.expected.mo_cov[i]!.flat())).toBeLessThan(one.tol!);
      expect(largestDifference(known.shift.subarray(i * m, (i + 1) * m), one.expected.mo_mean_shift[i]!)).toBeLessThan(one.tol! * Math.max(1, ...one.expected.mo_mean_shift[i]!.map(Math.abs)));
    });
  });

  test("stationary noise of one feature, below and above its transition", () => {
    const { expected, input, tol } = caseOf<{ rows: readonly { beta: number; m: number; N_var: number }[] }, { system: string; L: number }>("lna-hop1-stationary");
    for (const { beta, m, N_var: variance } of expected.rows) {
      const network = networkOf(input.system, { L: input.L, beta });
      const start = windowStart(network, [[m === 0 ? 0 : 0.9]], 0);
      const map = meanFieldMap(network, start);
      map.run(2000);
      const orbit = periodicOrbit(network, map.state(), 1, { tolerance: 1e-14 });
      const noise = orbitFluctuations(network, orbit);
      expect(Math.abs(orbit.window.u[0]! - m)).toBeLessThan(1e-12);
      expect(Math.abs(noise.covariance[0]! - variance)).toBeLessThan(tol! * variance);
    }
  });
});
