import { describe, expect, it } from "vitest";
import { findPeriod, followOrbit, lyapunovSpectrum, meanFieldJacobian, meanFieldMap, periodicOrbit, tokenStart, windowStart } from "../../../src/hopfield/index.js";
import { begun, caseOf, casesOf, largestDifference, networkOf, published } from "../cases.js";
import type { Rows } from "../cases.js";

interface OrbitExpected { period: number; multipliers: number[]; lyapunov_1: number; phase_t0: number; window: Rows; mo_orbit: Rows }

const TOLERANCE = { tolerance: 1e-13 };

describe("periodic orbits", () => {
  it.each(casesOf<OrbitExpected>("periodic_orbit"))("$id: window, overlaps, multipliers and exponent, by Newton from a start that is off", (one) => {
    const { network } = begun(one);
    const { period, multipliers, lyapunov_1, phase_t0, window, mo_orbit } = one.expected;
    const off = window.map((row, d) => row.map((u, c) => Math.min(1, Math.max(-1, u + 1e-5 * Math.sin(1 + d + 3 * c)))));
    const orbit = periodicOrbit(network, windowStart(network, off, phase_t0), period, TOLERANCE);
    expect(orbit.outcome.kind).toBe("converged");
    expect(orbit.minimalPeriod).toBe(period);
    expect(largestDifference(orbit.window.u, window.flat())).toBeLessThan(one.tol!);
    expect(largestDifference(orbit.overlaps, mo_orbit.flat())).toBeLessThan(one.tol!);
    expect(largestDifference(orbit.multipliers.slice(0, 4).map(({ modulus }) => modulus), multipliers)).toBeLessThan(1e-8);
    expect(orbit.largestExponent.kind === "finite" && Math.abs(orbit.largestExponent.value - lyapunov_1)).toBeLessThan(1e-9);
    expect(orbit.stable).toBe(true);
  });

  it.each(casesOf<OrbitExpected>("periodic_orbit"))("$id: where the trajectory of the reference settles", (one) => {
    const { network, start } = begun(one);
    const map = meanFieldMap(network, start);
    map.run(60_000);
    const found = findPeriod(map, { longest: 300, closeness: 1e-8, over: 60 });
    expect(found?.period).toBe(one.expected.period);
    // The same orbit: each of its tokens is one of the reference's.
    const wanted = periodicOrbit(network, windowStart(network, one.expected.window, one.expected.phase_t0), one.expected.period, TOLERANCE).orbit;
    const classes = network.features.classes;
    for (let i = 0; i < found!.orbit.length; i += classes) {
      const nearest = Math.min(...Array.from({ length: found!.period }, (_, k) => largestDifference(found!.orbit.subarray(i, i + classes), wanted.subarray(k * classes, (k + 1) * classes))));
      expect(nearest).toBeLessThan(1e-7);
    }
  });

  it("the exponent of an orbit is that of a long spectrum on it", () => {
    const network = published(1.2);
    const map = meanFieldMap(network, tokenStart(network));
    map.run(8000);
    const orbit = periodicOrbit(network, map.state(), 4, TOLERANCE);
    const { exponents } = lyapunovSpectrum(network, orbit.window, { burnIn: 0, alignment: 4000, tokens: 8000, blocks: 20, tolerance: 1e-3, count: 1 });
    expect(exponents[0]!.kind === "finite" && orbit.largestExponent.kind === "finite" && Math.abs(exponents[0]!.value - orbit.largestExponent.value)).toBeLessThan(1e-4);
  });

  it("finds unstable orbits, too: u = 0 beyond its critical beta", () => {
    const network = networkOf("hop1", { L: 2, beta: 1.5, gamma: 3 });
    const orbit = periodicOrbit(network, windowStart(network, [[0.01], [-0.02]], 1), 1, TOLERANCE);
    expect(largestDifference(orbit.window.u, [0, 0])).toBeLessThan(1e-12);
    expect(orbit.stable).toBe(false);
  });

  it("says that an orbit of period 8 is one of period 4", () => {
    const network = published(1.2);
    const map = meanFieldMap(network, tokenStart(network));
    map.run(5000);
    expect(periodicOrbit(network, map.state(), 8, TOLERANCE)).toMatchObject({ period: 8, minimalPeriod: 4 });
  });

  it("refuses periods that the positions do not allow", () => {
    const network = published(1.2);
    const map = meanFieldMap(network, tokenStart(network));
    map.run(10);
    expect(() => periodicOrbit(network, map.state(), 6, TOLERANCE)).toThrow(/period = 6: must be a multiple of 2\^P = 4/);
  });
});

describe("located bifurcations", () => {
  const options = { step: 0.01, tolerance: 1e-14 };

  it("the Neimark-Sacker point of the published system, 1.2434445478150, and its rotation", () => {
    const { expected } = caseOf<{ beta_ns: number; rotation_per_4_tokens: number; window_phase3: Rows }>("ns-paper3");
    const network = published(1.23);
    const map = meanFieldMap(network, tokenStart(network));
    map.run(4000 + 3 - (map.state().t % 4));
    const orbit = periodicOrbit(network, map.state(), 4, TOLERANCE);
    const { bifurcations, outcome } = followOrbit(network, orbit, { ...options, to: 1.26 });
    expect(outcome.kind).toBe("converged");
    expect(bifurcations).toHaveLength(1);
    const [point] = bifurcations;
    expect(point!.kind).toBe("neimark-sacker");
    expect(Math.abs(point!.beta - expected.beta_ns)).toBeLessThan(1e-12);
    expect(Math.abs(point!.rotation - expected.rotation_per_4_tokens)).toBeLessThan(1e-10);
    expect(Math.abs(point!.multiplier.modulus - 1)).toBeLessThan(1e-12);
    expect(point!.destabilising).toBe(true);
    expect(point!.orbit.window.t % 4).toBe(3);
    expect(largestDifference(point!.orbit.window.u, expected.window_phase3.flat())).toBeLessThan(1e-12);
  });

  it.each([
    ["hop1", 3, 4, "branch-point", 1],
    ["neg1", 1, 0, "flip", 1],
    ["rot2", 2, 7, "neimark-sacker", 1.154700538379],
    ["rot2", 4, 7, "neimark-sacker", 1.2996787849],
  ] as const)("%s, L = %i: u = 0 loses its stability where the closed form says, as a %s", (system, L, gamma, kind, beta) => {
    const network = networkOf(system, { L, beta: 0.8 * beta, gamma });
    const zero = windowStart(network, Array.from({ length: L }, () => new Float64Array(network.features.classes)), 0);
    const { bifurcations } = followOrbit(network, periodicOrbit(network, zero, 1, TOLERANCE), { ...options, to: 1.2 * beta, step: 0.05 });
    expect(bifurcations.map((one) => one.kind)).toEqual([kind]);
    expect(Math.abs(bifurcations[0]!.beta - beta)).toBeLessThan(1e-9);
  });

  it("a fold: the branch turns, and two orbits of opposite stability meet with 1 - mu growing as a square root", () => {
    const one = caseOf<OrbitExpected>("orbit-rot2s-2-5-4");
    const { network } = begun(one);
    const orbit = periodicOrbit(network, windowStart(network, one.expected.window, 0), 5, TOLERANCE);
    const run = followOrbit(network, orbit, { ...options, step: 0.05, to: 1, most: 1 });
    const [fold] = run.bifurcations;
    expect(fold!.kind).toBe("fold");
    expect(Math.abs(fold!.multiplier.real - 1)).toBeLessThan(1e-9);
    // Just above the fold: (1 - mu)^2 is proportional to the distance in beta.
    const [near, far] = [1e-6, 4e-6].map((h) => {
      const above = { ...network, beta: fold!.beta + h };
      const there = periodicOrbit(above, fold!.orbit.window, 5, { tolerance: 1e-12, maxIterations: 60 });
      expect(there.outcome.kind).toBe("converged");
      return Math.abs(1 - there.multipliers[0]!.modulus);
    });
    expect(far! / near!).toBeGreaterThan(1.9);
    expect(far! / near!).toBeLessThan(2.1);
    const below = periodicOrbit({ ...network, beta: fold!.beta - 1e-4 }, fold!.orbit.window, 5, { tolerance: 1e-12 });
    expect(below.outcome.kind === "converged" && below.minimalPeriod === 5).toBe(false);
  });

  it("the monodromy is the product of the Jacobians: a wrong order of them is caught", () => {
    const network = published(1.2);
    const map = meanFieldMap(network, tokenStart(network));
    map.run(5000);
    const orbit = periodicOrbit(network, map.state(), 4, TOLERANCE);
    const companion = (state: ReturnType<typeof map.state>): number[][] => {
      const j = meanFieldJacobian(network, state);
      return Array.from({ length: 12 }, (_, r) => Array.from({ length: 12 }, (__, c) => (r < 3 ? j[r * 12 + c]! : r - 3 === c ? 1 : 0)));
    };
    const product = (a: number[][], b: number[][]): number[][] => a.map((row) => b[0]!.map((_, c) => row.reduce((sum, x, k) => sum + x * b[k]![c]!, 0)));
    const walk = meanFieldMap(network, orbit.window);
    const factors = Array.from({ length: 4 }, () => {
      const f = companion(walk.state());
      walk.step();
      return f;
    });
    const trace = (a: number[][]): number => a.reduce((sum, row, i) => sum + row[i]!, 0);
    const right = factors.reduce((m, f) => product(f, m));
    const wrong = factors.reduce((m, f) => product(m, f));
    const found = orbit.multipliers.reduce((sum, { real }) => sum + real, 0);
    expect(Math.abs(trace(right) - found)).toBeLessThan(1e-12);
    expect(Math.abs(trace(wrong) - found)).toBeGreaterThan(1e-5);
  });

  it("refuses to begin where it should end, or from an orbit that was not found", () => {
    const network = published(1.2);
    const map = meanFieldMap(network, tokenStart(network));
    map.run(5000);
    const orbit = periodicOrbit(network, map.state(), 4, TOLERANCE);
    expect(() => followOrbit(network, orbit, { ...options, to: 1.2 })).toThrow(/to = 1.2: must be a finite beta/);
    expect(() => followOrbit(network, { ...orbit, outcome: { kind: "stalled", message: "" } }, { ...options, to: 1.3 })).toThrow(/orbit.outcome = "stalled"/);
  });
});
